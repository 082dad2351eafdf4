"""The first tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - a statement or more for each table
    """Create everything."""
    op.create_table(
        "community",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("wait_days", sa.Integer(), nullable=False),
        sa.Column("groups", sa.LargeBinary(), nullable=True),
        sa.Column("moderators", sa.LargeBinary(), nullable=True),
        sa.Column("off", sa.String(256), nullable=False),
        sa.Column("step", sa.String(64), nullable=False),
        sa.Column("welcome", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    op.create_table(
        "delivered",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_delivered")),
    )
    op.create_index(op.f("ix_delivered_expires_at"), "delivered", ["expires_at"], unique=False)
    op.create_table(
        "met",
        sa.Column("pair", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pair", name=op.f("pk_met")),
    )
    op.create_index(op.f("ix_met_expires_at"), "met", ["expires_at"], unique=False)
    op.create_table(
        "meta",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("keep", sa.String(64), nullable=False),
        sa.Column("community", sa.String(64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("try_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=True),
        sa.Column("last", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("dead_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    op.create_index("ix_outbox_dead", "outbox", ["dead_at"], unique=False, sqlite_where=sa.text("dead_at IS NOT NULL"))
    op.create_index(
        "ix_outbox_due", "outbox", ["platform", "try_at"], unique=False, sqlite_where=sa.text("dead_at IS NULL")
    )
    op.create_index("ix_outbox_keep", "outbox", ["keep"], unique=False, sqlite_where=sa.text("keep != ''"))
    op.create_index("ix_outbox_line", "outbox", ["line", "seq"], unique=False, sqlite_where=sa.text("dead_at IS NULL"))
    op.create_index(
        "ix_outbox_turn",
        "outbox",
        ["platform", "urgent", "seq", "try_at"],
        unique=False,
        sqlite_where=sa.text("dead_at IS NULL"),
    )
    op.create_index("ix_outbox_subject", "outbox", ["subject"], unique=False, sqlite_where=sa.text("subject != ''"))
    op.create_table(
        "post",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("post", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index(op.f("ix_post_created_at"), "post", ["created_at"], unique=False)
    op.create_index(op.f("ix_post_line"), "post", ["line"], unique=False)
    op.create_index(op.f("ix_post_subject"), "post", ["subject"], unique=False)
    op.create_table(
        "seen",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_seen")),
    )
    op.create_index(op.f("ix_seen_expires_at"), "seen", ["expires_at"], unique=False)
    op.create_table(
        "elsewhere",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_elsewhere_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elsewhere")),
    )
    op.create_index(op.f("ix_elsewhere_community"), "elsewhere", ["community"], unique=False)
    op.create_table(
        "member",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("quiet_from", sa.String(15), nullable=True),
        sa.Column("quiet_to", sa.String(15), nullable=True),
        sa.Column("called", sa.LargeBinary(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.String(64), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("usual_community", sa.String(32), nullable=True),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("languages", sa.String(256), nullable=False),
        sa.Column("way", sa.String(64), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("span", sa.String(64), nullable=False),
        sa.Column("someone_new", sa.Boolean(), nullable=False),
        sa.Column("ask_first", sa.Boolean(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["usual_community"], ["community.id"], name=op.f("fk_member_usual_community"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("member", name=op.f("uq_member_member")),
    )
    op.create_index(op.f("ix_member_usual_community"), "member", ["usual_community"], unique=False)
    op.create_table(
        "space",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("space", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_space_community"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_space")),
        sa.UniqueConstraint("space", name=op.f("uq_space_space")),
    )
    op.create_index(op.f("ix_space_community"), "space", ["community"], unique=False)
    op.create_index(op.f("ix_space_platform"), "space", ["platform"], unique=False)
    op.create_table(
        "community_room",
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("does", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("room", sa.LargeBinary(), nullable=False),
        sa.Column("post", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_community_room_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "does", "platform", name=op.f("pk_community_room")),
    )
    op.create_table(
        "community_before",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("settings", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_community_before_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_before")),
        sa.UniqueConstraint("community", name=op.f("uq_community_before_community")),
    )
    op.create_index(op.f("ix_community_before_expires_at"), "community_before", ["expires_at"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_proposal_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_community"), "proposal", ["community"], unique=False)
    op.create_index(op.f("ix_proposal_expires_at"), "proposal", ["expires_at"], unique=False)
    op.create_table(
        "word",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_word_community"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word")),
    )
    op.create_index(op.f("ix_word_community"), "word", ["community"], unique=False)
    op.create_table(
        "agenda",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("try_at", sa.BigInteger(), nullable=False),
        sa.Column("member", sa.String(32), nullable=True),
        sa.Column("community", sa.String(32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_agenda_community"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_agenda_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda")),
        sa.UniqueConstraint("subject", "kind", name=op.f("uq_agenda_subject_kind")),
    )
    op.create_index(op.f("ix_agenda_community"), "agenda", ["community"], unique=False)
    op.create_index(op.f("ix_agenda_member"), "agenda", ["member"], unique=False)
    op.create_index(op.f("ix_agenda_try_at"), "agenda", ["try_at"], unique=False)
    op.create_table(
        "apart",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_apart_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apart")),
        sa.UniqueConstraint("member", "hash", name=op.f("uq_apart_member_hash")),
    )
    op.create_table(
        "comfort",
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.CheckConstraint("mark IN ('ask', 'not')", name=op.f("ck_comfort_mark")),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_comfort_member"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["word"], ["word.id"], name=op.f("fk_comfort_word"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member", "word", name=op.f("pk_comfort")),
    )
    op.create_index(op.f("ix_comfort_word"), "comfort", ["word"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_plan_community"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_plan_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_community"), "plan", ["community"], unique=False)
    op.create_index(op.f("ix_plan_due_at"), "plan", ["due_at"], unique=False)
    op.create_index(op.f("ix_plan_member"), "plan", ["member"], unique=False)
    op.create_table(
        "willing",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_willing_community"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_willing_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_willing")),
        sa.UniqueConstraint("community", "member", name=op.f("uq_willing_community_member")),
    )
    op.create_index(op.f("ix_willing_member"), "willing", ["member"], unique=False)
    op.create_table(
        "opening",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.String(256), nullable=False),
        sa.Column("way", sa.String(64), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("someone_new", sa.Boolean(), nullable=False),
        sa.Column("ask_first", sa.Boolean(), nullable=False),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("group", sa.LargeBinary(), nullable=True),
        sa.Column("questions", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_opening_community"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_opening_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index(op.f("ix_opening_ends_at"), "opening", ["ends_at"], unique=False)
    op.create_index(op.f("ix_opening_member"), "opening", ["member"], unique=False)
    op.create_index("ix_opening_community", "opening", ["community"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("spot", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("opening", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["opening"], ["opening.id"], name=op.f("fk_waiting_opening"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("spot", "opened_at", "opening", name=op.f("pk_waiting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_waiting_opening"), "waiting", ["opening"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("rhythm", sa.String(64), nullable=False),
        sa.Column("begins_on", sa.String(64), nullable=False),
        sa.Column("wall", sa.String(15), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("meets_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_round_community"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("community", name=op.f("uq_round_community")),
    )
    op.create_table(
        "round_yes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("languages", sa.String(256), nullable=False),
        sa.Column("way", sa.String(64), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("someone_new", sa.Boolean(), nullable=False),
        sa.Column("trio", sa.Boolean(), nullable=False),
        sa.Column("group", sa.LargeBinary(), nullable=True),
        sa.Column("meeting", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_round_yes_member"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_round_yes_round"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_yes")),
        sa.UniqueConstraint("round", "member", name=op.f("uq_round_yes_round_member")),
    )
    op.create_index(op.f("ix_round_yes_ends_at"), "round_yes", ["ends_at"], unique=False)
    op.create_index(op.f("ix_round_yes_meeting"), "round_yes", ["meeting"], unique=False)
    op.create_index(op.f("ix_round_yes_member"), "round_yes", ["member"], unique=False)
    op.create_table(
        "round_word",
        sa.Column("round_yes", sa.String(32), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_yes"], ["round_yes.id"], name=op.f("fk_round_word_round_yes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["word"], ["word.id"], name=op.f("fk_round_word_word"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_yes", "word", name=op.f("pk_round_word")),
    )
    op.create_index(op.f("ix_round_word_word"), "round_word", ["word"], unique=False)
    op.create_table(
        "left_out",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_left_out")),
    )
    op.create_index(op.f("ix_left_out_expires_at"), "left_out", ["expires_at"], unique=False)
    op.create_table(
        "standing",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(32), nullable=True),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("rhythm", sa.String(64), nullable=False),
        sa.Column("begins_on", sa.String(64), nullable=False),
        sa.Column("wall", sa.String(15), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("guided", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("regular_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_standing_community"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_standing_owner"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_community"), "standing", ["community"], unique=False)
    op.create_index(op.f("ix_standing_owner"), "standing", ["owner"], unique=False)
    op.create_table(
        "standing_note",
        sa.Column("standing", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_standing_note_member"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["standing"], ["standing.id"], name=op.f("fk_standing_note_standing"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("standing", "member", name=op.f("pk_standing_note")),
    )
    op.create_index(op.f("ix_standing_note_member"), "standing_note", ["member"], unique=False)
    op.create_table(
        "checkin",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("guided", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(64), nullable=False),
        sa.Column("room", sa.LargeBinary(), nullable=True),
        sa.Column("standing", sa.String(32), nullable=True),
        sa.Column("invited", sa.String(32), nullable=True),
        sa.Column("prompts", sa.Boolean(), nullable=False),
        sa.Column("prompted", sa.Integer(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_checkin_community"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["standing"], ["standing.id"], name=op.f("fk_checkin_standing"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin")),
        sa.UniqueConstraint("room", name=op.f("uq_checkin_room")),
    )
    op.create_index(op.f("ix_checkin_closes_at"), "checkin", ["closes_at"], unique=False)
    op.create_index(op.f("ix_checkin_community"), "checkin", ["community"], unique=False)
    op.create_index(op.f("ix_checkin_standing"), "checkin", ["standing"], unique=False)
    op.create_table(
        "seat",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("checkin", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("turn", sa.String(64), nullable=False),
        sa.Column("listens", sa.Boolean(), nullable=False),
        sa.Column("host", sa.Boolean(), nullable=False),
        sa.Column("guardian", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["checkin"], ["checkin.id"], name=op.f("fk_seat_checkin"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("checkin", "member", name=op.f("uq_seat_checkin_member")),
    )
    op.create_index(op.f("ix_seat_member"), "seat", ["member"], unique=False)
    op.create_table(
        "checkin_words",
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("opens_with", sa.Text(), nullable=False),
        sa.Column("closes_with", sa.Text(), nullable=False),
        sa.Column("starters", sa.Boolean(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_checkin_words_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", name=op.f("pk_checkin_words")),
    )
    op.create_table(
        "prompt",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_prompt_community"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prompt")),
    )
    op.create_index(op.f("ix_prompt_community"), "prompt", ["community"], unique=False)
    op.create_table(
        "agreement",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_agreement_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_community"), "agreement", ["community"], unique=False)
    op.create_table(
        "agreement_home",
        sa.Column("agreement", sa.String(32), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("room", sa.LargeBinary(), nullable=False),
        sa.Column("post", sa.LargeBinary(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement"], ["agreement.id"], name=op.f("fk_agreement_home_agreement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("agreement", "platform", name=op.f("pk_agreement_home")),
    )
    op.create_index(op.f("ix_agreement_home_room"), "agreement_home", ["room"], unique=False)
    op.create_table(
        "agreement_version",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("agreement", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("statements", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.LargeBinary(), nullable=True),
        sa.Column("follows", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Boolean(), nullable=False),
        sa.Column("brought", sa.Boolean(), nullable=False),
        sa.Column("allows", sa.String(64), nullable=False),
        sa.Column("stood_at", sa.BigInteger(), nullable=True),
        sa.Column("review_at", sa.BigInteger(), nullable=True),
        sa.Column("consents", sa.Integer(), nullable=True),
        sa.Column("aside", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement"], ["agreement.id"], name=op.f("fk_agreement_version_agreement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint("agreement", "number", name=op.f("uq_agreement_version_agreement_number")),
    )
    op.create_index(op.f("ix_agreement_version_author"), "agreement_version", ["author"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("author", sa.LargeBinary(), nullable=False),
        sa.Column("statements", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("allows", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["agreement_version.id"], name=op.f("fk_suggestion_version"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index(op.f("ix_suggestion_author"), "suggestion", ["author"], unique=False)
    op.create_index(op.f("ix_suggestion_version"), "suggestion", ["version"], unique=False)
    op.create_table(
        "consent_round",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("whom", sa.String(64), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("review_at", sa.BigInteger(), nullable=True),
        sa.Column("silence", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["agreement_version.id"], name=op.f("fk_consent_round_version"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_round")),
        sa.UniqueConstraint("version", name=op.f("uq_consent_round_version")),
    )
    op.create_index(op.f("ix_consent_round_ends_at"), "consent_round", ["ends_at"], unique=False)
    op.create_table(
        "stance",
        sa.Column("consent_round", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("stance", sa.String(64), nullable=False),
        sa.CheckConstraint("stance IN ('consent', 'concern', 'aside', 'later')", name=op.f("ck_stance_stance")),
        sa.ForeignKeyConstraint(
            ["consent_round"], ["consent_round.id"], name=op.f("fk_stance_consent_round"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("consent_round", "member", name=op.f("pk_stance")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_stance_member"), "stance", ["member"], unique=False)
    op.create_table(
        "concern",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("agreement", sa.String(32), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("raiser", sa.LargeBinary(), nullable=True),
        sa.Column("answerer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["agreement"], ["agreement.id"], name=op.f("fk_concern_agreement"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    op.create_index(op.f("ix_concern_agreement"), "concern", ["agreement"], unique=False)
    op.create_index(op.f("ix_concern_answerer"), "concern", ["answerer"], unique=False)
    op.create_index(op.f("ix_concern_raiser"), "concern", ["raiser"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("agreement", sa.String(32), nullable=False),
        sa.Column("room", sa.LargeBinary(), nullable=False),
        sa.Column("rhythm", sa.String(64), nullable=False),
        sa.Column("begins_on", sa.String(64), nullable=False),
        sa.Column("wall", sa.String(15), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("brings", sa.String(64), nullable=False),
        sa.Column("openings", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement"], ["agreement.id"], name=op.f("fk_reminder_agreement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("room", name=op.f("uq_reminder_room")),
    )
    op.create_index(op.f("ix_reminder_agreement"), "reminder", ["agreement"], unique=False)
    op.create_table(
        "recalled",
        sa.Column("room", sa.LargeBinary(), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.Column("quiet_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_recalled_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_recalled")),
    )
    op.create_index(op.f("ix_recalled_community"), "recalled", ["community"], unique=False)
    op.create_index(op.f("ix_recalled_expires_at"), "recalled", ["expires_at"], unique=False)
    op.create_table(
        "recall_mark",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_recall_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_recall_mark_expires_at"), "recall_mark", ["expires_at"], unique=False)
    op.create_table(
        "circle",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("room", sa.LargeBinary(), nullable=False),
        sa.Column("rule", sa.String(256), nullable=False),
        sa.Column("begins_on", sa.String(64), nullable=False),
        sa.Column("wall", sa.String(15), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("fewest", sa.Integer(), nullable=True),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("speaks", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_circle_community"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle")),
    )
    op.create_index(op.f("ix_circle_community"), "circle", ["community"], unique=False)
    op.create_index(op.f("ix_circle_ended_at"), "circle", ["ended_at"], unique=False)
    op.create_table(
        "circle_meeting",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("circle", sa.String(32), nullable=False),
        sa.Column("day", sa.String(64), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("moved_to", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name=op.f("fk_circle_meeting_circle"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_meeting")),
        sa.UniqueConstraint("circle", "day", name=op.f("uq_circle_meeting_circle_day")),
    )
    op.create_index(op.f("ix_circle_meeting_ends_at"), "circle_meeting", ["ends_at"], unique=False)
    op.create_table(
        "circle_answer",
        sa.Column("circle_meeting", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.String(64), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("offered_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("answer IN ('come', 'maybe', 'wait')", name=op.f("ck_circle_answer_answer")),
        sa.ForeignKeyConstraint(
            ["circle_meeting"],
            ["circle_meeting.id"],
            name=op.f("fk_circle_answer_circle_meeting"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("circle_meeting", "member", name=op.f("pk_circle_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_circle_answer_member"), "circle_answer", ["member"], unique=False)
    op.create_table(
        "circle_regular",
        sa.Column("circle", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name=op.f("fk_circle_regular_circle"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("circle", "member", name=op.f("pk_circle_regular")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_circle_regular_member"), "circle_regular", ["member"], unique=False)
    op.create_table(
        "circle_wish",
        sa.Column("circle", sa.String(32), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name=op.f("fk_circle_wish_circle"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_circle_wish_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("circle", "member", name=op.f("pk_circle_wish")),
    )
    op.create_index(op.f("ix_circle_wish_member"), "circle_wish", ["member"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "circle_role",
        sa.Column("circle_meeting", sa.String(32), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_meeting"], ["circle_meeting.id"], name=op.f("fk_circle_role_circle_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_meeting", "role", name=op.f("pk_circle_role")),
    )
    op.create_index(op.f("ix_circle_role_member"), "circle_role", ["member"], unique=False)
    op.create_table(
        "circle_mirror",
        sa.Column("circle_meeting", sa.String(32), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_meeting"], ["circle_meeting.id"], name=op.f("fk_circle_mirror_circle_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_meeting", name=op.f("pk_circle_mirror")),
    )
    op.create_table(
        "circle_change",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("circle", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(256), nullable=False),
        sa.Column("begins_on", sa.String(64), nullable=False),
        sa.Column("wall", sa.String(15), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle"], ["circle.id"], name=op.f("fk_circle_change_circle"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_change")),
        sa.UniqueConstraint("circle", name=op.f("uq_circle_change_circle")),
    )
    op.create_index(op.f("ix_circle_change_member"), "circle_change", ["member"], unique=False)
    op.create_index(op.f("ix_circle_change_said_at"), "circle_change", ["said_at"], unique=False)
    op.create_table(
        "circle_search",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("room", sa.LargeBinary(), nullable=False),
        sa.Column("times", sa.String(256), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name=op.f("fk_circle_search_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_search")),
    )
    op.create_index(op.f("ix_circle_search_community"), "circle_search", ["community"], unique=False)
    op.create_index(op.f("ix_circle_search_ends_at"), "circle_search", ["ends_at"], unique=False)
    op.create_table(
        "circle_mark",
        sa.Column("circle_search", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary(), nullable=False),
        sa.Column("works", sa.String(256), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_search"], ["circle_search.id"], name=op.f("fk_circle_mark_circle_search"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_search", "member", name=op.f("pk_circle_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_circle_mark_member"), "circle_mark", ["member"], unique=False)
    op.create_table(
        "opening_word",
        sa.Column("opening", sa.String(32), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.CheckConstraint("mark IN ('chosen', 'not', 'ask')", name=op.f("ck_opening_word_mark")),
        sa.ForeignKeyConstraint(["opening"], ["opening.id"], name=op.f("fk_opening_word_opening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["word"], ["word.id"], name=op.f("fk_opening_word_word"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("opening", "word", "mark", name=op.f("pk_opening_word")),
    )
    op.create_index(op.f("ix_opening_word_word"), "opening_word", ["word"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("opening", sa.String(32), nullable=True),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("with_member", sa.String(32), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("ask_owner", sa.Boolean(), nullable=False),
        sa.Column("pressed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_question_member"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["opening"], ["opening.id"], name=op.f("fk_question_opening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["with_member"], ["member.id"], name=op.f("fk_question_with_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_ends_at"), "question", ["ends_at"], unique=False)
    op.create_index("ix_question_member", "question", ["member", "ends_at"], unique=False)
    op.create_index("ix_question_opening", "question", ["opening", "member"], unique=False)
    op.create_index("ix_question_with_member", "question", ["with_member", "opening"], unique=False)
