"""Composing: rungs, wishes, tries, phases, days away and links; packages and price lists of the house itself."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("code", "first_day", name=op.f("uq_figure_code_first_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "local_package",
        sa.Column("package_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("package_id", name=op.f("pk_local_package")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("local_package", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_package_edition"), ["edition"], unique=False)

    op.create_table(
        "private_mix",
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_private_mix")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("private_mix", schema=None) as batch_op:
        batch_op.create_index("ix_private_mix_last_day", ["last_day"], unique=False)

    op.create_table(
        "away",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_away_days")),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_away_citizen_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("away", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_away_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "package_draft",
        sa.Column("package_id", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_package_draft_by_id_person")),
        sa.PrimaryKeyConstraint("package_id", name=op.f("pk_package_draft")),
        sqlite_strict=True,
    )
    op.create_table(
        "price_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_price_import_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_import")),
        sqlite_strict=True,
    )
    op.create_table(
        "price_upload",
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_price_upload_by_id_person")),
        sa.PrimaryKeyConstraint("by_id", name=op.f("pk_price_upload")),
        sqlite_strict=True,
    )
    op.create_table(
        "price_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_price_mapping_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_mapping")),
        sa.UniqueConstraint("name", name=op.f("uq_price_mapping_name")),
        sqlite_strict=True,
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("package_id", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("answer IS NULL OR answered_at IS NOT NULL", name=op.f("ck_proposal_answer")),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_proposal_answered_by_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_proposal_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_by_id"), ["by_id"], unique=False)

    op.create_table(
        "calendar_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("citizen_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["person.id"], name=op.f("fk_calendar_link_citizen_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_calendar_link_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_link_token_digest")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_link_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "rung_words",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("possible", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_rung_words_by_id_person")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_rung_words_plan_id_plan")),
        sa.PrimaryKeyConstraint("plan_id", "rung", name=op.f("pk_rung_words")),
        sqlite_strict=True,
    )
    op.create_table(
        "draft_before",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_before_by_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"],
            ["plan_version.plan_id", "plan_version.number"],
            name=op.f("fk_draft_before_plan_id_number_plan_version"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_draft_before")),
        sqlite_strict=True,
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("taker", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("removed_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("taker IN ('me', 'network', 'community', 'service')", name=op.f("ck_handover_taker")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_handover_by_id_person")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_handover_item_id_plan_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_item_id"), ["item_id"], unique=False)

    op.create_table(
        "phase_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint("outcome IN ('close', 'longer', 'shorter', 'again')", name=op.f("ck_phase_talk_outcome")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_phase_talk_by_id_person")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_phase_talk_item_id_plan_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_talk")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("phase_talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_talk_item_id"), ["item_id"], unique=False)

    op.create_table(
        "trial",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint("number BETWEEN -5 AND -1", name=op.f("ck_trial_number")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_trial_by_id_person")),
        sa.ForeignKeyConstraint(
            ["plan_id", "number"],
            ["plan_version.plan_id", "plan_version.number"],
            name=op.f("fk_trial_plan_id_number_plan_version"),
        ),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_trial")),
        sqlite_strict=True,
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_wish_answered_by_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_wish_by_id_person")),
        sa.ForeignKeyConstraint(["item_id"], ["plan_item.id"], name=op.f("fk_wish_item_id_plan_item")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_wish_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_plan_id"), ["plan_id"], unique=False)

    op.drop_column("package_version", "withdrawn_at")
    set_figures()
    guard()


FIGURES = (
    (
        "free_cap",
        50_000,
        "oere",
        "Assumed; the municipality decides what may be chosen just because one feels like it",
        True,
    ),
    ("suggestions", 1, "yes", "The municipality's own choice", True),
    ("sel_82b_months", 6, "months", "Serviceloven § 82 b: at most six months", False),
    (
        "mentor_months",
        6,
        "months",
        "Lov om en aktiv beskæftigelsesindsats §§ 167-171: at most six months, renewable",
        False,
    ),
)
"""What the law and the house say at the start (code, value, unit, source, assumed?); later rows change it from a day on."""


def set_figures() -> None:
    figure = sa.table(
        "figure", *(sa.column(name) for name in ("code", "value", "unit", "source", "assumed", "first_day"))
    )
    names = ("code", "value", "unit", "source", "assumed")
    op.bulk_insert(figure, [dict(zip(names, row, strict=True), first_day="2020-01-01") for row in FIGURES])


def guard() -> None:
    """A version of a package never changes: plans and their digests stand on it."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER package_version_no_{act.lower()} BEFORE {act} ON package_version "
                "BEGIN SELECT RAISE(ABORT, 'package_version is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER package_version_no_change BEFORE UPDATE OR DELETE ON package_version "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER package_version_no_truncate BEFORE TRUNCATE ON package_version "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER package_version_no_{act}")
    else:
        op.execute("DROP TRIGGER package_version_no_change ON package_version")
        op.execute("DROP TRIGGER package_version_no_truncate ON package_version")
    op.add_column("package_version", sa.Column("withdrawn_at", sa.String(length=27), nullable=True))
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wish_plan_id"))
        batch_op.drop_index(batch_op.f("ix_wish_item_id"))

    op.drop_table("wish")
    op.drop_table("trial")
    with op.batch_alter_table("phase_talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phase_talk_item_id"))

    op.drop_table("phase_talk")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_item_id"))

    op.drop_table("handover")
    op.drop_table("draft_before")
    op.drop_table("rung_words")
    with op.batch_alter_table("calendar_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_link_citizen_id"))

    op.drop_table("calendar_link")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_by_id"))

    op.drop_table("proposal")
    op.drop_table("price_mapping")
    op.drop_table("price_upload")
    op.drop_table("price_import")
    op.drop_table("package_draft")
    with op.batch_alter_table("away", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_away_citizen_id"))

    op.drop_table("away")
    with op.batch_alter_table("private_mix", schema=None) as batch_op:
        batch_op.drop_index("ix_private_mix_last_day")

    op.drop_table("private_mix")
    with op.batch_alter_table("local_package", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_package_edition"))

    op.drop_table("local_package")
    op.drop_table("figure")
