"""What rules set for threads: channel, phone number, policy, whom to tell at once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("threads", sa.Column("channel", sa.String(20), nullable=False, server_default="mail"))
    op.add_column("threads", sa.Column("customer_phone", sa.Text()))
    op.add_column("threads", sa.Column("policy", sa.String(100)))
    op.add_column("threads", sa.Column("notify", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for column in ("notify", "policy", "customer_phone", "channel"):
        op.drop_column("threads", column)
