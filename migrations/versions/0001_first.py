"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers rows by itself only for INTEGER PRIMARY KEY.
row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "folders",
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("folder", sa.String(500), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", moment, nullable=False),
        sa.Column("in_step_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "folder", name="pk_folders"),
    )
    create_threads()
    create_messages()
    create_outbox()
    create_events()
    op.create_table(
        "quarantine",
        sa.Column("id", row_id, nullable=False),
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("folder", sa.String(500), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("retry", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.UniqueConstraint(
            "mailbox", "folder", "uidvalidity", "uid", name="uq_quarantine_mailbox_folder_uidvalidity_uid"
        ),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("holder", sa.String(200), nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def create_threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", row_id, nullable=False),
        sa.Column("ref", sa.String(20), nullable=False),
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("customer_address", sa.Text(), nullable=False),
        sa.Column("customer_as_written", sa.Text(), nullable=False),
        sa.Column("customer_name", sa.Text()),
        sa.Column("honorific", sa.Text()),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("priority", sa.String(20), nullable=False),
        sa.Column("strong_language", sa.Boolean(), nullable=False),
        sa.Column("assignee", sa.String(100)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("clock", sa.Boolean(), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("waiting_since", moment),
        sa.Column("promised_at", moment),
        sa.Column("resolve_at", moment),
        sa.Column("next_step_at", moment),
        sa.Column("next_step", sa.String(100)),
        sa.Column("fired", sa.JSON(), nullable=False),
        sa.Column("answered_at", moment),
        sa.Column("answered_by", sa.Text()),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("closed_at", moment),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
        sa.UniqueConstraint("ref", name="uq_threads_ref"),
    )
    op.create_index("ix_threads_customer_address", "threads", ["customer_address"])
    op.create_index("ix_threads_state_mailbox", "threads", ["state", "mailbox"])
    has_step = sa.text("next_step_at IS NOT NULL")
    op.create_index(
        "ix_threads_due", "threads", ["next_step_at"], sqlite_where=has_step, postgresql_where=has_step
    )


def create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", row_id, nullable=False),
        sa.Column("thread_id", row_id),
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("folder", sa.String(500), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.Text()),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("language", sa.String(20)),
        sa.Column("sent_at", moment),
        sa.Column("received_at", moment, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_messages_thread_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "mailbox", "folder", "uidvalidity", "uid", name="uq_messages_mailbox_folder_uidvalidity_uid"
        ),
    )
    op.create_index("ix_messages_thread_id", "messages", ["thread_id"])
    op.create_index("ix_messages_message_id", "messages", ["message_id"])
    op.create_index("ix_messages_fingerprint", "messages", ["fingerprint"])
    op.create_index("ix_messages_recorded_at", "messages", ["recorded_at"])


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("thread_id", row_id),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("to_as_written", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", moment, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("attempted_at", moment),
        sa.Column("sent_at", moment),
        sa.Column("expires_at", moment),
        sa.Column("error", sa.Text()),
        sa.Column("message_id", sa.String(300), nullable=False),
        sa.Column("raw", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("key", name="pk_outbox"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_outbox_thread_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_outbox_thread_id", "outbox", ["thread_id"])
    op.create_index("ix_outbox_to", "outbox", ["to"])
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"])
    still_open = sa.text("state IN ('ready', 'deferred', 'sending')")
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["mailbox", "next_at", "key"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", row_id, nullable=False),
        sa.Column("thread_id", row_id),
        sa.Column("mailbox", sa.String(100)),
        sa.Column("at", moment, nullable=False),
        sa.Column("what", sa.String(30), nullable=False),
        sa.Column("who", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(60)),
        sa.Column("seconds", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_events_thread_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_events_thread_id", "events", ["thread_id"])
    op.create_index("ix_events_at", "events", ["at"])


def downgrade() -> None:
    for table in ("leases", "quarantine", "events", "outbox", "messages", "threads", "folders", "meta"):
        op.drop_table(table)
