"""Drafts of answers laid in the team's folders; customers' ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("messages", sa.Column("done_at", _time))
    op.create_table(
        "drafts",
        sa.Column("thread_id", _id, nullable=False),
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", _time, nullable=False),
        sa.Column("message_id", sa.String(300), nullable=False),
        sa.Column("raw", sa.LargeBinary()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("folder", sa.String(500)),
        sa.Column("uidvalidity", sa.BigInteger()),
        sa.Column("uid", sa.BigInteger()),
        sa.Column("created_at", _time, nullable=False),
        sa.Column("laid_at", _time),
        sa.Column("ended_at", _time),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("thread_id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_drafts_thread_id_threads", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_drafts_state_next_at", "drafts", ["state", "next_at"])
    op.create_table(
        "ratings",
        sa.Column("thread_id", _id, nullable=False),
        sa.Column("mailbox", sa.String(100), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("via", sa.String(10), nullable=False),
        sa.Column("rated_at", _time, nullable=False),
        sa.PrimaryKeyConstraint("thread_id", name="pk_ratings"),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_ratings_thread_id_threads", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_ratings_rated_at", "ratings", ["rated_at"])
    op.add_column("threads", sa.Column("aside_since", _time))
    op.add_column("threads", sa.Column("ladder_since", _time))
    op.add_column("threads", sa.Column("surveyed_at", _time))
    op.add_column("threads", sa.Column("written_to", sa.Text()))
    op.add_column("threads", sa.Column("titled_name", sa.Text()))


def downgrade() -> None:
    op.drop_column("threads", "titled_name")
    op.drop_column("threads", "written_to")
    op.drop_column("threads", "surveyed_at")
    op.drop_column("threads", "ladder_since")
    op.drop_column("threads", "aside_since")
    op.drop_table("ratings")
    op.drop_table("drafts")
    op.drop_column("messages", "done_at")
