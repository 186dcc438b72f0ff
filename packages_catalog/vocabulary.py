"""The closed lists a package chooses from, with the words pages show for them."""

from collections.abc import Mapping
from typing import Final

from planner.domain.package import Words

LOCAL: Final = "LOCAL"
"""A basis that is no law: a local scheme or a voluntary association, told in words."""

LAWS: Final[Mapping[str, Words]] = {
    "SEL": Words("Serviceloven", "Social Services Act"),
    "SUL": Words("Sundhedsloven", "Health Act"),
    "LAB": Words("Lov om en aktiv beskæftigelsesindsats", "Active Employment Act"),
    "EUF": Words("Lov om euforiserende stoffer", "Controlled Substances Act"),
    "PBB": Words("Lov om forsøg med personlige borgerstyrede budgetter", "Act on trials with personal budgets"),
    "ABL": Words("Almenboligloven", "Social Housing Act"),
    LOCAL: Words("Lokal ordning", "Local scheme"),
}

KINDS: Final[Mapping[str, Words]] = {
    "aftercare_group": Words("Efterbehandling i gruppe", "Aftercare in a group"),
    "assessment_talk": Words("Samtale om din situation", "Talk about your situation"),
    "club_training": Words("Træning i klubben", "Training at the club"),
    "companion": Words("Følgeskab", "Somebody comes along"),
    "coordination_meeting": Words("Møde, der samler trådene", "Meeting that ties things together"),
    "coping_form_talk": Words("Samtale om det, der giver dig ro", "Talk about what calms you"),
    "course_session": Words("Kursusgang", "Course session"),
    "daily_risk_check": Words("Dagligt blik på trygheden", "Daily look at safety"),
    "day_activity": Words("Dag i værksted eller fællesskab", "Day in a workshop or community"),
    "doctor_contact": Words("Kontakt med en læge", "Contact with a doctor"),
    "employer_contact": Words("Kontakt til en arbejdsplads", "Contact with a workplace"),
    "escort": Words("Følgeskab til aftalen", "Company to the appointment"),
    "family_session": Words("Samtale med dine nærmeste", "Talk with those close to you"),
    "follow_up_call": Words("Opringning", "Follow-up call"),
    "follow_up_talk": Words("Opfølgende samtale", "Follow-up talk"),
    "group_session": Words("Møde i gruppen", "Group meeting"),
    "group_treatment": Words("Behandling i gruppe", "Group treatment"),
    "health_check": Words("Helbredstjek", "Health check"),
    "home_practice": Words("Øvelse hjemme", "Practice at home"),
    "home_visit": Words("Besøg hos dig", "Visit at your home"),
    "house_meeting": Words("Møde for alle i huset", "Meeting for everybody in the house"),
    "in_work_support": Words("Støtte på arbejdet eller studiet", "Support at work or school"),
    "individual_talk": Words("Samtale", "Talk"),
    "intro_meeting": Words("Første møde", "First meeting"),
    "joint_reflection": Words("Fælles tilbageblik", "Looking back together"),
    "mapping_talk": Words("Tegning af dit kort", "Drawing your map"),
    "match_meeting": Words("Møde, hvor I ser hinanden an", "Meeting to see whether you match"),
    "meeting_form": Words("Kort skema", "Short form"),
    "mentor_meeting": Words("Møde med din mentor", "Meeting with your mentor"),
    "morning_and_closing": Words("Morgenmøde og afslutning", "Morning meeting and closing"),
    "network_meeting": Words("Møde med dem, du vælger", "Meeting with those you choose"),
    "nurse_contact": Words("Kontakt med en sygeplejerske", "Contact with a nurse"),
    "open_cafe": Words("Åben café", "Open café"),
    "outreach_contact": Words("Møde, hvor du er", "Meeting where you are"),
    "peer_group": Words("Møde i peer-gruppen", "Peer group meeting"),
    "peer_meeting": Words("Møde med din peer", "Meeting with your peer"),
    "phone_or_visit": Words("Opkald eller besøg", "Call or visit"),
    "planning_talk": Words("Samtale før mødet", "Talk before the meeting"),
    "practice_day": Words("Hel dag med øvelser", "Full day of practice"),
    "preparation_talk": Words("Forberedelse til lægen", "Preparing for the doctor"),
    "supervision": Words("Vejledning", "Supervision"),
    "talk_after": Words("Snak bagefter", "Chat afterwards"),
    "teaching": Words("Undervisning", "Teaching"),
    "team_visit": Words("Besøg af teamet", "Visit by the team"),
    "transfer_meeting": Words("Afsluttende møde", "Closing meeting"),
    "video_contact": Words("Samtale på skærm", "Talk on screen"),
    "work_practice": Words("Tid på arbejdspladsen", "Time at the workplace"),
}

LANGUAGES: Final[Mapping[str, Words]] = {
    "ar": Words("arabisk", "Arabic"),
    "de": Words("tysk", "German"),
    "dts": Words("tegnsprog", "sign language"),
    "en": Words("engelsk", "English"),
    "fa": Words("persisk", "Persian"),
    "kl": Words("grønlandsk", "Greenlandic"),
    "pl": Words("polsk", "Polish"),
    "so": Words("somali", "Somali"),
    "tr": Words("tyrkisk", "Turkish"),
    "uk": Words("ukrainsk", "Ukrainian"),
}
"""Languages besides Danish in which help may be given, by their codes (``dts`` is used here for sign language)."""

ASSUMABLE: Final[Mapping[str, Words]] = {
    "bounds": Words("hvor meget du kan ændre", "how much you can change"),
    "chime": Words("hvad pakken kan støtte", "what the package may support"),
    "codes": Words("koderne til indberetning", "the codes for reporting"),
    "group_size": Words("gruppens størrelse", "the size of the group"),
    "legal_bases": Words("lovgrundlaget", "the legal basis"),
    "max_caseload": Words("hvor mange en medarbejder følger", "how many people one worker follows"),
    "max_weeks": Words("den længste varighed", "the longest duration"),
    "min_age": Words("alderen", "the age"),
    "minutes": Words("mødernes længde", "the length of the meetings"),
    "per_week": Words("at prisen følger ugerne", "that the price follows the weeks"),
    "phases": Words("opdelingen i trin", "the division into steps"),
    "rhythm": Words("hvor tit I mødes", "how often you meet"),
    "rung": Words("hvor hjælpen kommer fra", "where the help comes from"),
    "staff": Words("hvor mange der er med fra vores side", "how many of us take part"),
    "tariffs": Words("prisen", "the price"),
    "weeks": Words("hvor mange uger det varer", "how many weeks it lasts"),
}
