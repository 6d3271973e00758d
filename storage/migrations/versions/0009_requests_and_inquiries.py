"""requests and inquiries"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table('request_categories',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('icon', sa.Text(), nullable=False),
    sa.Column('name_kk', sa.Text(), nullable=False),
    sa.Column('name_ru', sa.Text(), nullable=False),
    sa.Column('target_days', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_request_categories'))
    )
    op.create_table('bodies',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('branch_id', BigId, nullable=True),
    sa.Column('name_kk', sa.Text(), nullable=False),
    sa.Column('name_ru', sa.Text(), nullable=False),
    sa.Column('head_kk', sa.Text(), nullable=True),
    sa.Column('head_ru', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_bodies_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bodies'))
    )
    op.create_table('contents',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('set_by', BigId, nullable=True),
    sa.Column('set_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_contents_set_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contents')),
    sa.UniqueConstraint('key', 'language', 'version', name=op.f('uq_contents_key_language_version'))
    )
    op.create_table('data_tasks',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject_hash', sa.Text(), nullable=False),
    sa.Column('asked_by', BigId, nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at', UtcDateTime(), nullable=True),
    sa.Column('proof', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_data_tasks_asked_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_tasks'))
    )
    op.create_table('inquiry_counters',
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_inquiry_counters_branch_id')),
    sa.PrimaryKeyConstraint('branch_id', 'year', name=op.f('pk_inquiry_counters'))
    )
    op.create_table('settlements',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('name_kk', sa.Text(), nullable=False),
    sa.Column('name_ru', sa.Text(), nullable=False),
    sa.Column('active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_settlements_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_settlements'))
    )
    with op.batch_alter_table('settlements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_settlements_branch_id'), ['branch_id'], unique=False)

    op.create_table('inquiries',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('author_id', BigId, nullable=False),
    sa.Column('body_id', BigId, nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('outgoing_number', sa.Text(), nullable=True),
    sa.Column('outgoing_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('announced_on', sa.Date(), nullable=True),
    sa.Column('satisfied', sa.Boolean(), nullable=True),
    sa.Column('repeats_id', BigId, nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('draft_token', sa.Text(), nullable=True),
    sa.Column('folded', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_inquiries_author_id')),
    sa.ForeignKeyConstraint(['body_id'], ['bodies.id'], name=op.f('fk_inquiries_body_id')),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_inquiries_branch_id')),
    sa.ForeignKeyConstraint(['repeats_id'], ['inquiries.id'], name=op.f('fk_inquiries_repeats_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiries')),
    sa.UniqueConstraint('branch_id', 'year', 'counter', name=op.f('uq_inquiries_branch_id_year_counter')),
    sa.UniqueConstraint('draft_token', name=op.f('uq_inquiries_draft_token')),
    sa.UniqueConstraint('number', name=op.f('uq_inquiries_number'))
    )
    with op.batch_alter_table('inquiries', schema=None) as batch_op:
        batch_op.create_index('ix_inquiries_author_id_state_due_on', ['author_id', 'state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_inquiries_body_id'), ['body_id'], unique=False)
        batch_op.create_index('ix_inquiries_branch_id_state_due_on', ['branch_id', 'state', 'due_on'], unique=False)

    op.create_table('inquiry_answers',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('inquiry_id', BigId, nullable=False),
    sa.Column('number', sa.Text(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('file_id', sa.Text(), nullable=True),
    sa.Column('file_name', sa.Text(), nullable=True),
    sa.Column('kept_by', BigId, nullable=False),
    sa.Column('kept_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiries.id'], name=op.f('fk_inquiry_answers_inquiry_id')),
    sa.ForeignKeyConstraint(['kept_by'], ['people.id'], name=op.f('fk_inquiry_answers_kept_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry_answers'))
    )
    with op.batch_alter_table('inquiry_answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_answers_inquiry_id'), ['inquiry_id'], unique=False)

    op.create_table('inquiry_history',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('inquiry_id', BigId, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('person_id', BigId, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiries.id'], name=op.f('fk_inquiry_history_inquiry_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_inquiry_history_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry_history'))
    )
    with op.batch_alter_table('inquiry_history', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_history_inquiry_id'), ['inquiry_id'], unique=False)

    op.create_table('inquiry_requests',
    sa.Column('inquiry_id', BigId, nullable=False),
    sa.Column('request_id', BigId, nullable=False),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiries.id'], name=op.f('fk_inquiry_requests_inquiry_id')),
    sa.ForeignKeyConstraint(['request_id'], ['voter_requests.id'], name=op.f('fk_inquiry_requests_request_id')),
    sa.PrimaryKeyConstraint('inquiry_id', 'request_id', name=op.f('pk_inquiry_requests'))
    )
    with op.batch_alter_table('inquiry_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_requests_request_id'), ['request_id'], unique=False)

    op.create_table('inquiry_signers',
    sa.Column('inquiry_id', BigId, nullable=False),
    sa.Column('person_id', BigId, nullable=False),
    sa.Column('signed_at', UtcDateTime(), nullable=True),
    sa.Column('refused_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiries.id'], name=op.f('fk_inquiry_signers_inquiry_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_inquiry_signers_person_id')),
    sa.PrimaryKeyConstraint('inquiry_id', 'person_id', name=op.f('pk_inquiry_signers'))
    )
    with op.batch_alter_table('inquiry_signers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_signers_person_id'), ['person_id'], unique=False)

    op.create_table('request_consents',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('request_id', BigId, nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('text_hash', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('taken_by', BigId, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['voter_requests.id'], name=op.f('fk_request_consents_request_id')),
    sa.ForeignKeyConstraint(['taken_by'], ['people.id'], name=op.f('fk_request_consents_taken_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_consents'))
    )
    with op.batch_alter_table('request_consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_consents_request_id'), ['request_id'], unique=False)

    op.create_table('request_extensions',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('request_id', BigId, nullable=False),
    sa.Column('clock', sa.Text(), nullable=False),
    sa.Column('asked_by', BigId, nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('from_due', sa.Date(), nullable=False),
    sa.Column('to_due', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_by', BigId, nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_request_extensions_asked_by')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_request_extensions_decided_by')),
    sa.ForeignKeyConstraint(['request_id'], ['voter_requests.id'], name=op.f('fk_request_extensions_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_extensions'))
    )
    with op.batch_alter_table('request_extensions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_extensions_request_id'), ['request_id'], unique=False)

    op.create_table('request_pauses',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('request_id', BigId, nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('to_day', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['voter_requests.id'], name=op.f('fk_request_pauses_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_pauses'))
    )
    with op.batch_alter_table('request_pauses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_pauses_request_id'), ['request_id'], unique=False)

    op.create_table('request_watchers',
    sa.Column('request_id', BigId, nullable=False),
    sa.Column('person_id', BigId, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_request_watchers_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['voter_requests.id'], name=op.f('fk_request_watchers_request_id')),
    sa.PrimaryKeyConstraint('request_id', 'person_id', name=op.f('pk_request_watchers'))
    )
    op.create_table('request_words',
    sa.Column('request_id', BigId, nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['voter_requests.id'], name=op.f('fk_request_words_request_id')),
    sa.PrimaryKeyConstraint('request_id', 'word', name=op.f('pk_request_words'))
    )
    with op.batch_alter_table('request_words', schema=None) as batch_op:
        batch_op.create_index('ix_request_words_word', ['word'], unique=False)

    with op.batch_alter_table('request_history', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('voter_requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Text(), server_default='application', nullable=False))
        batch_op.add_column(sa.Column('channel', sa.Text(), server_default='reception', nullable=False))
        batch_op.add_column(sa.Column('settlement_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('latitude', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('contact_address', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('contact_iin', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('phone_hash', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('iin_hash', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('code_hash', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('external_id', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('body_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('body_number', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('body_registered_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('legal_due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('reported_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('merged_into', BigId, nullable=True))
        batch_op.add_column(sa.Column('split_from', BigId, nullable=True))
        batch_op.add_column(sa.Column('rating', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('rated_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('asked_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('really_solved', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('anonymised_at', UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_voter_requests_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_voter_requests_iin_hash'), ['iin_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_voter_requests_phone_hash'), ['phone_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_voter_requests_settlement_id'), ['settlement_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_voter_requests_branch_id_external_id'), ['branch_id', 'external_id'])
        batch_op.create_unique_constraint(batch_op.f('uq_voter_requests_code_hash'), ['code_hash'])
        batch_op.create_foreign_key(batch_op.f('fk_voter_requests_split_from'), 'voter_requests', ['split_from'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_voter_requests_merged_into'), 'voter_requests', ['merged_into'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_voter_requests_settlement_id'), 'settlements', ['settlement_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_voter_requests_body_id'), 'bodies', ['body_id'], ['id'])

