"""What threads are found by: references, Gmail's threads, whom the team wrote to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("threads", sa.Column("settled_at", moment))
    op.add_column("threads", sa.Column("undeliverable", sa.Text()))
    op.add_column("messages", sa.Column("turn", sa.String(10)))
    op.add_column("messages", sa.Column("reached", sa.Text()))
    op.add_column("messages", sa.Column("gmail_thread", sa.String(40)))
    has_gmail_thread = sa.text("gmail_thread IS NOT NULL")
    op.create_index(
        "ix_messages_gmail_thread",
        "messages",
        ["gmail_thread"],
        sqlite_where=has_gmail_thread,
        postgresql_where=has_gmail_thread,
    )
    op.create_table(
        "links",
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("refers_to", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("thread_id", row_id),
        sa.Column("recorded_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("refers_to", "fingerprint", "mailbox", name="pk_links"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_links_thread_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_links_thread_id", "links", ["thread_id"])
    op.create_index("ix_links_recorded_at", "links", ["recorded_at"])
    # The mails of the waits that go on: an answer seen from now on is set among them.
    op.execute(
        """
        UPDATE messages SET turn = 'ask'
        WHERE kind IN ('customer', 'customer-reply') AND reason NOT IN ('duplicate', 'thanks', 'backlog')
        AND EXISTS (
            SELECT 1 FROM threads
            WHERE threads.id = messages.thread_id AND threads.state IN ('waiting', 'snoozed')
            AND messages.received_at >= threads.waiting_since
        )
        """
    )


def downgrade() -> None:
    op.drop_table("links")
    op.drop_index("ix_messages_gmail_thread", "messages")
    for column in ("gmail_thread", "reached", "turn"):
        op.drop_column("messages", column)
    for column in ("undeliverable", "settled_at"):
        op.drop_column("threads", column)
