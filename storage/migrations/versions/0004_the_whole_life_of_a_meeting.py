"""the whole life of a meeting"""

import sqlalchemy as sa
from alembic import op
from storage.tables.base import BigId, UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table('body_members',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('person_id', BigId, nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_body_members_branch_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_body_members_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_members')),
    sa.UniqueConstraint('branch_id', 'body', 'person_id', 'starts_on', name=op.f('uq_body_members_branch_id_body_person_id_starts_on'))
    )
    with op.batch_alter_table('body_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_members_branch_id'), ['branch_id'], unique=False)

    op.create_table('body_rules',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('elected', sa.Integer(), nullable=True),
    sa.Column('numerator', sa.Integer(), server_default='1', nullable=False),
    sa.Column('denominator', sa.Integer(), server_default='2', nullable=False),
    sa.Column('strict', sa.Boolean(), nullable=False),
    sa.Column('deputies', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_body_rules_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_rules')),
    sa.UniqueConstraint('branch_id', 'body', name=op.f('uq_body_rules_branch_id_body'))
    )
    op.create_table('meeting_series',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('every', sa.Text(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_meeting_series_branch_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_series'))
    )
    with op.batch_alter_table('meeting_series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_series_branch_id'), ['branch_id'], unique=False)

    op.create_table('findings',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('meeting_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('decided_by', BigId, nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_findings_decided_by')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_findings_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_findings'))
    )
    with op.batch_alter_table('findings', schema=None) as batch_op:
        batch_op.create_index('ix_findings_meeting_id', ['meeting_id'], unique=False)

    op.create_table('invitees',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('meeting_id', BigId, nullable=False),
    sa.Column('person_id', BigId, nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('post', sa.Text(), nullable=True),
    sa.Column('capacity', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('stand_in', sa.Text(), nullable=True),
    sa.Column('answered_at', UtcDateTime(), nullable=True),
    sa.Column('told_at', UtcDateTime(), nullable=True),
    sa.Column('nudged_at', UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_invitees_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_invitees_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitees')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_invitees_meeting_id_person_id'))
    )
    with op.batch_alter_table('invitees', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitees_person_id'), ['person_id'], unique=False)

    op.create_table('ballots',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('meeting_id', BigId, nullable=False),
    sa.Column('item_id', BigId, nullable=False),
    sa.Column('question', sa.Text(), nullable=True),
    sa.Column('opened_at', UtcDateTime(), nullable=False),
    sa.Column('opened_by', BigId, nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('closed_at', UtcDateTime(), nullable=True),
    sa.Column('closed_by', BigId, nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['closed_by'], ['people.id'], name=op.f('fk_ballots_closed_by')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_ballots_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_ballots_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opened_by'], ['people.id'], name=op.f('fk_ballots_opened_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballots'))
    )
    with op.batch_alter_table('ballots', schema=None) as batch_op:
        batch_op.create_index('ix_ballots_item_id', ['item_id'], unique=False)

    op.create_table('co_speakers',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('item_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('person_id', BigId, nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('post', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_co_speakers_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_co_speakers_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_co_speakers'))
    )
    with op.batch_alter_table('co_speakers', schema=None) as batch_op:
        batch_op.create_index('ix_co_speakers_item_id', ['item_id'], unique=False)

    op.create_table('figures',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('item_id', BigId, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_kk', sa.Text(), nullable=True),
    sa.Column('label_ru', sa.Text(), nullable=True),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('period', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_figures_item_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_figures'))
    )
    with op.batch_alter_table('figures', schema=None) as batch_op:
        batch_op.create_index('ix_figures_item_id', ['item_id'], unique=False)

    op.create_table('materials',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('meeting_id', BigId, nullable=False),
    sa.Column('item_id', BigId, nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('file_id', sa.Text(), nullable=False),
    sa.Column('file_unique_id', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('path', sa.Text(), nullable=True),
    sa.Column('added_by', BigId, nullable=False),
    sa.Column('added_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['added_by'], ['people.id'], name=op.f('fk_materials_added_by')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_materials_item_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_materials_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_materials'))
    )
    with op.batch_alter_table('materials', schema=None) as batch_op:
        batch_op.create_index('ix_materials_meeting_id', ['meeting_id'], unique=False)

    op.create_table('presence',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('invitee_id', BigId, nullable=False),
    sa.Column('came_at', UtcDateTime(), nullable=False),
    sa.Column('came_on', BigId, nullable=True),
    sa.Column('left_at', UtcDateTime(), nullable=True),
    sa.Column('left_on', BigId, nullable=True),
    sa.ForeignKeyConstraint(['came_on'], ['agenda_items.id'], name=op.f('fk_presence_came_on'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['invitee_id'], ['invitees.id'], name=op.f('fk_presence_invitee_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['left_on'], ['agenda_items.id'], name=op.f('fk_presence_left_on'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_presence'))
    )
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.create_index('ix_presence_invitee_id', ['invitee_id'], unique=False)

    op.create_table('topics',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('branch_id', BigId, nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('person_id', BigId, nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('word', sa.Text(), nullable=True),
    sa.Column('decided_by', BigId, nullable=True),
    sa.Column('decided_at', UtcDateTime(), nullable=True),
    sa.Column('item_id', BigId, nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_topics_branch_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_topics_decided_by')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_topics_item_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_topics_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topics'))
    )
    with op.batch_alter_table('topics', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topics_branch_id'), ['branch_id'], unique=False)

    op.create_table('clauses',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('meeting_id', BigId, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('item_id', BigId, nullable=True),
    sa.Column('proposal_id', BigId, nullable=True),
    sa.Column('text_kk', sa.Text(), nullable=True),
    sa.Column('text_ru', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_clauses_item_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_clauses_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposals.id'], name=op.f('fk_clauses_proposal_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clauses')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_clauses_meeting_id_number'))
    )
    op.create_table('votes',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('ballot_id', BigId, nullable=False),
    sa.Column('invitee_id', BigId, nullable=False),
    sa.Column('choice', sa.Text(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballots.id'], name=op.f('fk_votes_ballot_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitee_id'], ['invitees.id'], name=op.f('fk_votes_invitee_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_votes')),
    sa.UniqueConstraint('ballot_id', 'invitee_id', name=op.f('uq_votes_ballot_id_invitee_id'))
    )
    op.create_table('instructions',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('meeting_id', BigId, nullable=False),
    sa.Column('item_id', BigId, nullable=True),
    sa.Column('clause_id', BigId, nullable=True),
    sa.Column('branch_id', BigId, nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text_kk', sa.Text(), nullable=True),
    sa.Column('text_ru', sa.Text(), nullable=True),
    sa.Column('object', sa.Text(), nullable=True),
    sa.Column('executor_id', BigId, nullable=True),
    sa.Column('executor', sa.Text(), nullable=True),
    sa.Column('deadline', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branches.id'], name=op.f('fk_instructions_branch_id')),
    sa.ForeignKeyConstraint(['clause_id'], ['clauses.id'], name=op.f('fk_instructions_clause_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['executor_id'], ['people.id'], name=op.f('fk_instructions_executor_id')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_instructions_item_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_instructions_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instructions')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_instructions_meeting_id_number'))
    )
    with op.batch_alter_table('instructions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_instructions_branch_id'), ['branch_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_instructions_executor_id'), ['executor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_instructions_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('instruction_executors',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('instruction_id', BigId, nullable=False),
    sa.Column('person_id', BigId, nullable=False),
    sa.ForeignKeyConstraint(['instruction_id'], ['instructions.id'], name=op.f('fk_instruction_executors_instruction_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_instruction_executors_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instruction_executors')),
    sa.UniqueConstraint('instruction_id', 'person_id', name=op.f('uq_instruction_executors_instruction_id_person_id'))
    )
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('speaker_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('visibility', sa.Text(), server_default='members', nullable=False))
        batch_op.add_column(sa.Column('draft_decision_kk', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('draft_decision_ru', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('decision_kk', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('decision_ru', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('state', sa.Text(), server_default='planned', nullable=False))
        batch_op.add_column(sa.Column('carried_from', BigId, nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.alter_column('title_kk',
               existing_type=sa.TEXT(),
               nullable=True)
        batch_op.alter_column('title_ru',
               existing_type=sa.TEXT(),
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_agenda_items_carried_from'), 'agenda_items', ['carried_from'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_agenda_items_speaker_id'), 'people', ['speaker_id'], ['id'])

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('format', sa.Text(), server_default='in_person', nullable=False))
        batch_op.add_column(sa.Column('link', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('latitude', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('was_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('told', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('series_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('reminders', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('chair_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('secretary_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('began_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('ended_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('item_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('document_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('document_by', BigId, nullable=True))
        batch_op.add_column(sa.Column('minutes_number', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('signed_at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('published_at', UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_meetings_document_by'), 'people', ['document_by'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_meetings_secretary_id'), 'people', ['secretary_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_meetings_chair_id'), 'people', ['chair_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_meetings_series_id'), 'meeting_series', ['series_id'], ['id'])

    with op.batch_alter_table('proposals', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Text(), server_default='proposal', nullable=False))
        batch_op.add_column(sa.Column('person_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('at', UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('state', sa.Text(), server_default='accepted', nullable=False))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.alter_column('text_kk',
               existing_type=sa.TEXT(),
               nullable=True)
        batch_op.alter_column('text_ru',
               existing_type=sa.TEXT(),
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_proposals_person_id'), 'people', ['person_id'], ['id'])

