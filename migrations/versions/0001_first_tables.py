"""The first tables, and the triggers that make history append-only on both engines."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('citizen', 'reader', 'house')", name=op.f("ck_chain_kind")),
        sa.CheckConstraint("length >= 0", name=op.f("ck_chain_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_chain_kind_subject_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "funding_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("counts_for_citizen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_source")),
        sa.UniqueConstraint("code", name=op.f("uq_funding_source_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "legal_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("paragraph", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("complaint", sa.String(), nullable=False),
        sa.Column("verify", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_basis")),
        sqlite_strict=True,
    )
    op.create_table(
        "package_version",
        sa.Column("package_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published_at", sa.String(length=27), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("origin IN ('file', 'local')", name=op.f("ck_package_version_origin")),
        sa.PrimaryKeyConstraint("package_id", "digest", name=op.f("pk_package_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=True),
        sa.Column("born", sa.String(length=10), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("municipality_code", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sqlite_strict=True,
    )
    op.create_table(
        "account_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_kind", sa.String(length=40), nullable=False),
        sa.Column("legal_basis_id", sa.Integer(), nullable=True),
        sa.Column("account_string", sa.String(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legal_basis_id"], ["legal_basis.id"], name=op.f("fk_account_rule_legal_basis_id_legal_basis")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_rule")),
        sqlite_strict=True,
    )
    op.create_table(
        "budget_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("legal_basis_id", sa.Integer(), nullable=False),
        sa.Column("ceiling_oere", sa.BigInteger(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ceiling_oere IS NULL OR ceiling_oere > 0", name=op.f("ck_budget_template_ceiling")),
        sa.CheckConstraint("grace_days >= 0 AND answer_days > 0", name=op.f("ck_budget_template_days")),
        sa.ForeignKeyConstraint(
            ["legal_basis_id"], ["legal_basis.id"], name=op.f("fk_budget_template_legal_basis_id_legal_basis")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_template")),
        sa.UniqueConstraint("code", name=op.f("uq_budget_template_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "chime_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("connectedness", sa.Integer(), nullable=True),
        sa.Column("hope", sa.Integer(), nullable=True),
        sa.Column("identity", sa.Integer(), nullable=True),
        sa.Column("meaning", sa.Integer(), nullable=True),
        sa.Column("empowerment", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "connectedness IS NULL OR connectedness BETWEEN 0 AND 10", name=op.f("ck_chime_answer_connectedness")
        ),
        sa.CheckConstraint(
            "empowerment IS NULL OR empowerment BETWEEN 0 AND 10", name=op.f("ck_chime_answer_empowerment")
        ),
        sa.CheckConstraint("hope IS NULL OR hope BETWEEN 0 AND 10", name=op.f("ck_chime_answer_hope")),
        sa.CheckConstraint("identity IS NULL OR identity BETWEEN 0 AND 10", name=op.f("ck_chime_answer_identity")),
        sa.CheckConstraint("meaning IS NULL OR meaning BETWEEN 0 AND 10", name=op.f("ck_chime_answer_meaning")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_chime_answer_by_id_person")),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_chime_answer_citizen_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chime_answer")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("chime_answer", schema=None) as batch_op:
        batch_op.create_index("ix_chime_answer_citizen_id_at", ["citizen_id", "at"], unique=False)

    op.create_table(
        "event",
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("request_digest", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("for_id", sa.Integer(), nullable=True),
        sa.Column("with_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("rows_digest", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_event_by_id_person")),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_event_chain_id_chain")),
        sa.ForeignKeyConstraint(["for_id"], ["person.id"], name=op.f("fk_event_for_id_person")),
        sa.ForeignKeyConstraint(["with_id"], ["person.id"], name=op.f("fk_event_with_id_person")),
        sa.PrimaryKeyConstraint("chain_id", "seq", name=op.f("pk_event")),
        sa.UniqueConstraint("key", name=op.f("uq_event_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.String(length=10), nullable=False),
        sa.Column("paused_on", sa.String(length=10), nullable=True),
        sa.Column("ended_on", sa.String(length=10), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_goal_citizen_id_person")),
        sa.ForeignKeyConstraint(["parent_id"], ["goal.id"], name=op.f("fk_goal_parent_id_goal")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_goal_said_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("linked_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_person_id"), ["person_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_invitation_made_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "person_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cipher", sa.String(), nullable=False),
        sa.Column("lookup", sa.String(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.CheckConstraint("kind IN ('cpr', 'replacement')", name=op.f("ck_person_number_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_number_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_number")),
        sa.UniqueConstraint("lookup", name=op.f("uq_person_number_lookup")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("person_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_number_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reading",
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_reading_chain_id_chain")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reading_unit_id_unit")),
        sa.PrimaryKeyConstraint("chain_id", "seq", name=op.f("pk_reading")),
        sqlite_strict=True,
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("limit_oere", sa.BigInteger(), nullable=True),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.CheckConstraint("limit_oere IS NULL OR limit_oere >= 0", name=op.f("ck_role_limit")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_person_id"), ["person_id"], unique=False)

    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_tie_citizen_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tie_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_tie_person_id_citizen_id", ["person_id", "citizen_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 10", name=op.f("ck_check_in_score")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_check_in_by_id_person")),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_check_in_citizen_id_person")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_check_in_goal_id_goal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_check_in_goal_id_at", ["goal_id", "at"], unique=False)

    op.create_table(
        "funding_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("line_kind", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["funding_source.id"], name=op.f("fk_funding_rule_source_id_funding_source")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["budget_template.id"], name=op.f("fk_funding_rule_template_id_budget_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_rule")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("funding_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_funding_rule_template_id"), ["template_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("indicative_oere", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_plan_days")),
        sa.CheckConstraint("indicative_oere > 0", name=op.f("ck_plan_indicative")),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_plan_citizen_id_person")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_plan_opened_by_person")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["budget_template.id"], name=op.f("fk_plan_template_id_budget_template")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_citizen_id"), ["citizen_id"], unique=False)
        batch_op.create_index("ix_plan_unit_id_citizen_id", ["unit_id", "citizen_id"], unique=False)

    op.create_table(
        "purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("refund_of", sa.Integer(), nullable=True),
        sa.Column("oere", sa.BigInteger(), nullable=False),
        sa.Column("occurred_on", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("paid_with", sa.String(length=40), nullable=False),
        sa.Column("bought_by", sa.String(length=40), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("taken_back_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("(kind = 'refund') = (refund_of IS NOT NULL)", name=op.f("ck_purchase_refund")),
        sa.CheckConstraint("oere > 0", name=op.f("ck_purchase_oere")),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_purchase_citizen_id_person")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_purchase_goal_id_goal")),
        sa.ForeignKeyConstraint(["refund_of"], ["purchase.id"], name=op.f("fk_purchase_refund_of_purchase")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.create_index("ix_purchase_citizen_id_occurred_on", ["citizen_id", "occurred_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_purchase_refund_of"), ["refund_of"], unique=False)

    op.create_table(
        "reading_of",
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain_id", "seq"], ["reading.chain_id", "reading.seq"], name=op.f("fk_reading_of_chain_id_seq_reading")
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_reading_of_citizen_id_person")),
        sa.PrimaryKeyConstraint("chain_id", "seq", "citizen_id", name=op.f("pk_reading_of")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("reading_of", schema=None) as batch_op:
        batch_op.create_index("ix_reading_of_citizen_id", ["citizen_id"], unique=False)

    op.create_table(
        "budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_budget_entries")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_budget_days")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_budget_plan_id_plan")),
        sa.ForeignKeyConstraint(["source_id"], ["funding_source.id"], name=op.f("fk_budget_source_id_funding_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("plan_id", "source_id", name=op.f("uq_budget_plan_id_source_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("package_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_item_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_item_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_version",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id_plan")),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_plan_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("legal_basis_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("award_oere", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.CheckConstraint("award_oere >= 0", name=op.f("ck_decision_award")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_decision_by_id_person")),
        sa.ForeignKeyConstraint(
            ["legal_basis_id"], ["legal_basis.id"], name=op.f("fk_decision_legal_basis_id_legal_basis")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"],
            ["plan_version.plan_id", "plan_version.number"],
            name=op.f("fk_decision_plan_id_number_plan_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index("uq_decision_plan_id_number", ["plan_id", "number"], unique=True)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("which", sa.String(), nullable=False),
        sa.Column("oere", sa.BigInteger(), nullable=False),
        sa.Column("occurred_on", sa.String(length=10), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("taken_back_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("part IN ('month', 'phase', 'session')", name=op.f("ck_delivery_part")),
        sa.CheckConstraint("oere > 0", name=op.f("ck_delivery_oere")),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_delivery_citizen_id_person")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_delivery_item_id_plan_item")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_delivery_recorded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index("ix_delivery_item_id_part_which", ["item_id", "part", "which"], unique=False)

    op.create_table(
        "envelope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("account_string", sa.String(), nullable=False),
        sa.Column("available", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind <> 'item' OR (available = 0 AND item_id IS NOT NULL)", name=op.f("ck_envelope_item")),
        sa.CheckConstraint("kind IN ('item', 'free', 'reserve')", name=op.f("ck_envelope_kind")),
        sa.CheckConstraint("available >= 0 AND committed >= 0 AND paid >= 0", name=op.f("ck_envelope_not_overdrawn")),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_envelope_budget_id_budget")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_envelope_item_id_plan_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope")),
        sa.UniqueConstraint("budget_id", "item_id", name=op.f("uq_envelope_budget_id_item_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("envelope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_envelope_item_id"), ["item_id"], unique=False)

    op.create_table(
        "plan_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("for_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_plan_act_by_id_person")),
        sa.ForeignKeyConstraint(["for_id"], ["person.id"], name=op.f("fk_plan_act_for_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"],
            ["plan_version.plan_id", "plan_version.number"],
            name=op.f("fk_plan_act_plan_id_number_plan_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_act")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_act_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            "uq_plan_act_approved",
            ["plan_id", "number"],
            unique=True,
            sqlite_where=sa.text("action = 'approve'"),
            postgresql_where=sa.text("action = 'approve'"),
        )

    op.create_table(
        "plan_line",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("package_id", sa.String(), nullable=True),
        sa.Column("package_digest", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("cost_oere", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cost_oere >= 0", name=op.f("ck_plan_line_cost")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_plan_line_days")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_plan_line_item_id_plan_item")),
        sa.ForeignKeyConstraint(
            ["package_id", "package_digest"],
            ["package_version.package_id", "package_version.digest"],
            name=op.f("fk_plan_line_package_id_package_digest_package_version"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"],
            ["plan_version.plan_id", "plan_version.number"],
            name=op.f("fk_plan_line_plan_id_number_plan_version"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["funding_source.id"], name=op.f("fk_plan_line_source_id_funding_source")
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", "item_id", name=op.f("pk_plan_line")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        batch_op.create_index("ix_plan_line_item_id", ["item_id"], unique=False)

    op.create_table(
        "entry",
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("from_envelope", sa.Integer(), nullable=True),
        sa.Column("to_envelope", sa.Integer(), nullable=True),
        sa.Column("oere", sa.BigInteger(), nullable=False),
        sa.Column("occurred_on", sa.String(length=10), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("account_string", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_envelope IS NOT NULL OR kind = 'award'", name=op.f("ck_entry_from")),
        sa.CheckConstraint(
            "kind IN ('award','return','commit','release','pay','reverse','refund')", name=op.f("ck_entry_kind")
        ),
        sa.CheckConstraint("to_envelope IS NOT NULL OR kind = 'return'", name=op.f("ck_entry_to")),
        sa.CheckConstraint("oere > 0", name=op.f("ck_entry_oere")),
        sa.ForeignKeyConstraint(
            ["budget_id", "undoes"], ["entry.budget_id", "entry.number"], name=op.f("fk_entry_budget_id_undoes_entry")
        ),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_entry_budget_id_budget")),
        sa.ForeignKeyConstraint(
            ["chain_id", "seq"], ["event.chain_id", "event.seq"], name=op.f("fk_entry_chain_id_seq_event")
        ),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_entry_delivery_id_delivery")),
        sa.ForeignKeyConstraint(["from_envelope"], ["envelope.id"], name=op.f("fk_entry_from_envelope_envelope")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name=op.f("fk_entry_purchase_id_purchase")),
        sa.ForeignKeyConstraint(["to_envelope"], ["envelope.id"], name=op.f("fk_entry_to_envelope_envelope")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_entry_unit_id_unit")),
        sa.PrimaryKeyConstraint("budget_id", "number", name=op.f("pk_entry")),
        sa.UniqueConstraint("budget_id", "undoes", name=op.f("uq_entry_budget_id_undoes")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("ix_entry_chain_id_seq", ["chain_id", "seq"], unique=False)
        batch_op.create_index("ix_entry_delivery_id", ["delivery_id"], unique=False)
        batch_op.create_index("ix_entry_month_account_string", ["month", "account_string"], unique=False)
        batch_op.create_index("ix_entry_purchase_id", ["purchase_id"], unique=False)

    op.create_table(
        "line_goal",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_line_goal_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["plan_id", "number", "item_id"],
            ["plan_line.plan_id", "plan_line.number", "plan_line.item_id"],
            name=op.f("fk_line_goal_plan_id_number_item_id_plan_line"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", "item_id", "goal_id", name=op.f("pk_line_goal")),
        sqlite_strict=True,
    )
    op.create_table(
        "line_month",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("oere", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("oere >= 0", name=op.f("ck_line_month_oere")),
        sa.ForeignKeyConstraint(
            ["plan_id", "number", "item_id"],
            ["plan_line.plan_id", "plan_line.number", "plan_line.item_id"],
            name=op.f("fk_line_month_plan_id_number_item_id_plan_line"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", "item_id", "month", name=op.f("pk_line_month")),
        sqlite_strict=True,
    )
    op.create_table(
        "month_sum",
        sa.Column("envelope_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("account_string", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("awarded", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["envelope_id"], ["envelope.id"], name=op.f("fk_month_sum_envelope_id_envelope")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_month_sum_unit_id_unit")),
        sa.PrimaryKeyConstraint("envelope_id", "month", "account_string", "unit_id", name=op.f("pk_month_sum")),
        sqlite_strict=True,
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_objection_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["budget_id", "number"],
            ["entry.budget_id", "entry.number"],
            name=op.f("fk_objection_budget_id_number_entry"),
        ),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_objection_citizen_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_citizen_id"), ["citizen_id"], unique=False)

    guard()


ALWAYS = ("entry", "event", "reading", "reading_of")
"""Rows of these are never changed and never deleted."""

FROZEN = ("plan_line", "line_month", "line_goal")
"""Rows of these stand still once their plan version has a digest."""


def guard() -> None:
    """Let the database itself refuse to change history."""
    if op.get_bind().dialect.name == "sqlite":
        guard_sqlite()
    else:
        guard_postgresql()


def guard_sqlite() -> None:
    for table in ALWAYS:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER plan_version_no_{act.lower()} BEFORE {act} ON plan_version WHEN OLD.digest IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'plan_version is frozen'); END"
        )
    for table in FROZEN:
        for act, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} WHEN EXISTS (SELECT 1 FROM plan_version v "
                f"WHERE v.plan_id = {row}.plan_id AND v.number = {row}.number AND v.digest IS NOT NULL) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
            )


def guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN "
        "IF TG_OP = 'INSERT' THEN r := NEW; ELSE r := OLD; END IF; "
        "IF EXISTS (SELECT 1 FROM plan_version v WHERE v.plan_id = r.plan_id AND v.number = r.number "
        "AND v.digest IS NOT NULL) THEN "
        "RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    for table in ALWAYS:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    for table in (*ALWAYS, "plan_version", *FROZEN):
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER plan_version_no_change BEFORE UPDATE OR DELETE ON plan_version "
        "FOR EACH ROW WHEN (OLD.digest IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    )
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_frozen()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change() CASCADE")
        op.execute("DROP FUNCTION refuse_frozen() CASCADE")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_citizen_id"))

    op.drop_table("objection")
    op.drop_table("month_sum")
    op.drop_table("line_month")
    op.drop_table("line_goal")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_purchase_id")
        batch_op.drop_index("ix_entry_month_account_string")
        batch_op.drop_index("ix_entry_delivery_id")
        batch_op.drop_index("ix_entry_chain_id_seq")

    op.drop_table("entry")
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_line_item_id")

    op.drop_table("plan_line")
    with op.batch_alter_table("plan_act", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plan_act_approved",
            sqlite_where=sa.text("action = 'approve'"),
            postgresql_where=sa.text("action = 'approve'"),
        )
        batch_op.drop_index(batch_op.f("ix_plan_act_plan_id"))

    op.drop_table("plan_act")
    with op.batch_alter_table("envelope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_envelope_item_id"))

    op.drop_table("envelope")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_item_id_part_which")

    op.drop_table("delivery")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("uq_decision_plan_id_number")

    op.drop_table("decision")
    op.drop_table("plan_version")
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_item_plan_id"))

    op.drop_table("plan_item")
    op.drop_table("budget")
    with op.batch_alter_table("reading_of", schema=None) as batch_op:
        batch_op.drop_index("ix_reading_of_citizen_id")

    op.drop_table("reading_of")
    with op.batch_alter_table("purchase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchase_refund_of"))
        batch_op.drop_index("ix_purchase_citizen_id_occurred_on")

    op.drop_table("purchase")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_unit_id_citizen_id")
        batch_op.drop_index(batch_op.f("ix_plan_citizen_id"))

    op.drop_table("plan")
    with op.batch_alter_table("funding_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_funding_rule_template_id"))

    op.drop_table("funding_rule")
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        batch_op.drop_index("ix_check_in_goal_id_at")
        batch_op.drop_index(batch_op.f("ix_check_in_citizen_id"))

    op.drop_table("check_in")
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.drop_index("ix_tie_person_id_citizen_id")
        batch_op.drop_index(batch_op.f("ix_tie_citizen_id"))

    op.drop_table("tie")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_person_id"))

    op.drop_table("role")
    op.drop_table("reading")
    with op.batch_alter_table("person_number", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_number_person_id"))

    op.drop_table("person_number")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_person_id"))

    op.drop_table("identity")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_citizen_id"))

    op.drop_table("goal")
    op.drop_table("event")
    with op.batch_alter_table("chime_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_chime_answer_citizen_id_at")

    op.drop_table("chime_answer")
    op.drop_table("budget_template")
    op.drop_table("account_rule")
    op.drop_table("unit")
    op.drop_table("setting")
    op.drop_table("person")
    op.drop_table("package_version")
    op.drop_table("legal_basis")
    op.drop_table("funding_source")
    op.drop_table("chain")
