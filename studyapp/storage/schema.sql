CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE profile (
	id INTEGER NOT NULL,
	uuid TEXT NOT NULL,
	name TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	CONSTRAINT pk_profile PRIMARY KEY (id),
	CONSTRAINT uq_profile_uuid UNIQUE (uuid)
);

CREATE TABLE setting (
	profile_id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY (profile_id, "key"),
	CONSTRAINT fk_setting_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE TABLE window (
	profile_id INTEGER NOT NULL,
	state BLOB NOT NULL,
	CONSTRAINT pk_window PRIMARY KEY (profile_id),
	CONSTRAINT fk_window_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE TABLE preset (
	id TEXT NOT NULL,
	profile_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	spec TEXT NOT NULL,
	created_ms INTEGER NOT NULL,
	CONSTRAINT pk_preset PRIMARY KEY (id),
	CONSTRAINT fk_preset_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE TABLE mark (
	profile_id INTEGER NOT NULL,
	entry_id TEXT NOT NULL,
	marked BOOLEAN NOT NULL,
	remark TEXT DEFAULT '' NOT NULL,
	updated_ms INTEGER NOT NULL,
	CONSTRAINT pk_mark PRIMARY KEY (profile_id, entry_id),
	CONSTRAINT ck_mark_marked CHECK (marked IN (0, 1)),
	CONSTRAINT fk_mark_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE TABLE report (
	id TEXT NOT NULL,
	profile_id INTEGER NOT NULL,
	entry_id TEXT NOT NULL,
	text TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT fk_report_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE TABLE bank (
	id TEXT NOT NULL,
	version TEXT NOT NULL,
	licence TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	synced_ms INTEGER NOT NULL,
	CONSTRAINT pk_bank PRIMARY KEY (id)
);

CREATE TABLE subject (
	id TEXT NOT NULL,
	title TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_subject PRIMARY KEY (id)
);

CREATE TABLE topic (
	id TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	title TEXT NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	CONSTRAINT pk_topic PRIMARY KEY (id),
	CONSTRAINT ck_topic_retired CHECK (retired IN (0, 1)),
	CONSTRAINT fk_topic_subject_id FOREIGN KEY(subject_id) REFERENCES subject (id)
);

CREATE TABLE objective (
	id TEXT NOT NULL,
	topic_id TEXT NOT NULL,
	title TEXT NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_objective PRIMARY KEY (id),
	CONSTRAINT fk_objective_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id)
);

CREATE TABLE blueprint (
	id TEXT NOT NULL,
	payload TEXT NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	CONSTRAINT pk_blueprint PRIMARY KEY (id),
	CONSTRAINT ck_blueprint_retired CHECK (retired IN (0, 1))
);

CREATE TABLE item (
	id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	origin TEXT NOT NULL,
	bank_id TEXT,
	topic_id TEXT NOT NULL,
	type TEXT NOT NULL,
	title TEXT NOT NULL,
	payload TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	difficulty FLOAT NOT NULL,
	bloom TEXT NOT NULL,
	reserved BOOLEAN NOT NULL,
	retired BOOLEAN NOT NULL,
	edited BOOLEAN NOT NULL,
	created_ms INTEGER NOT NULL,
	updated_ms INTEGER NOT NULL,
	CONSTRAINT pk_item PRIMARY KEY (id),
	CONSTRAINT ck_item_bloom CHECK (bloom IN ('remember', 'understand', 'apply', 'analyze')),
	CONSTRAINT ck_item_origin CHECK (origin IN ('bundled', 'own', 'imported')),
	CONSTRAINT ck_item_type CHECK (type IN ('single', 'multiple', 'true_false', 'numeric', 'text', 'cloze')),
	CONSTRAINT ck_item_difficulty CHECK (difficulty > 0 AND difficulty < 1),
	CONSTRAINT ck_item_edited CHECK (edited IN (0, 1)),
	CONSTRAINT ck_item_reserved CHECK (reserved IN (0, 1)),
	CONSTRAINT ck_item_retired CHECK (retired IN (0, 1)),
	CONSTRAINT fk_item_bank_id FOREIGN KEY(bank_id) REFERENCES bank (id),
	CONSTRAINT fk_item_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id),
	CONSTRAINT uq_item_seq UNIQUE (seq)
);

CREATE INDEX ix_item_topic ON item (topic_id, retired, reserved);

CREATE TABLE item_version (
	item_id TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	type TEXT NOT NULL,
	payload TEXT NOT NULL,
	CONSTRAINT pk_item_version PRIMARY KEY (item_id, content_hash),
	CONSTRAINT fk_item_version_item_id FOREIGN KEY(item_id) REFERENCES item (id)
);

CREATE TABLE note (
	id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	origin TEXT NOT NULL,
	bank_id TEXT,
	topic_id TEXT NOT NULL,
	type TEXT NOT NULL,
	title TEXT NOT NULL,
	payload TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	retired BOOLEAN NOT NULL,
	edited BOOLEAN NOT NULL,
	created_ms INTEGER NOT NULL,
	updated_ms INTEGER NOT NULL,
	CONSTRAINT pk_note PRIMARY KEY (id),
	CONSTRAINT ck_note_origin CHECK (origin IN ('bundled', 'own', 'imported')),
	CONSTRAINT ck_note_type CHECK (type IN ('basic', 'reversed', 'cloze', 'term')),
	CONSTRAINT ck_note_edited CHECK (edited IN (0, 1)),
	CONSTRAINT ck_note_retired CHECK (retired IN (0, 1)),
	CONSTRAINT fk_note_bank_id FOREIGN KEY(bank_id) REFERENCES bank (id),
	CONSTRAINT fk_note_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id),
	CONSTRAINT uq_note_seq UNIQUE (seq)
);

CREATE INDEX ix_note_topic ON note (topic_id, retired);

CREATE TABLE card (
	id TEXT NOT NULL,
	note_id TEXT NOT NULL,
	topic_id TEXT NOT NULL,
	template TEXT NOT NULL,
	kind TEXT NOT NULL,
	position INTEGER NOT NULL,
	retired BOOLEAN NOT NULL,
	CONSTRAINT pk_card PRIMARY KEY (id),
	CONSTRAINT ck_card_kind CHECK (kind IN ('front', 'reverse', 'typed', 'cloze', 'build')),
	CONSTRAINT ck_card_retired CHECK (retired IN (0, 1)),
	CONSTRAINT fk_card_note_id FOREIGN KEY(note_id) REFERENCES note (id),
	CONSTRAINT fk_card_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id)
);

CREATE INDEX ix_card_note ON card (note_id);

CREATE INDEX ix_card_position ON card (retired, position);

CREATE INDEX ix_card_topic ON card (topic_id, retired, position);

CREATE TABLE attempt (
	id TEXT NOT NULL,
	profile_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	blueprint_id TEXT DEFAULT '' NOT NULL,
	feedback TEXT NOT NULL,
	state TEXT NOT NULL,
	seed INTEGER NOT NULL,
	time_limit_s INTEGER,
	time_used_s FLOAT NOT NULL,
	position INTEGER NOT NULL,
	started_ms INTEGER NOT NULL,
	finished_ms INTEGER,
	spec TEXT DEFAULT '{}' NOT NULL,
	n INTEGER,
	right_sum FLOAT,
	CONSTRAINT pk_attempt PRIMARY KEY (id),
	CONSTRAINT ck_attempt_finished CHECK ((state = 'open') = (finished_ms IS NULL)),
	CONSTRAINT ck_attempt_feedback CHECK (feedback IN ('tutor', 'test')),
	CONSTRAINT ck_attempt_kind CHECK (kind IN ('practice', 'exam', 'placement')),
	CONSTRAINT ck_attempt_result CHECK (state <> 'finished' OR (n IS NOT NULL AND right_sum IS NOT NULL AND right_sum BETWEEN 0 AND n)),
	CONSTRAINT ck_attempt_state CHECK (state IN ('open', 'finished', 'abandoned')),
	CONSTRAINT ck_attempt_time CHECK (time_used_s >= 0 AND (time_limit_s IS NULL OR time_limit_s > 0)),
	CONSTRAINT fk_attempt_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE INDEX ix_attempt_state ON attempt (profile_id, state, kind, started_ms);

CREATE UNIQUE INDEX uq_attempt_open_exam ON attempt (profile_id) WHERE state = 'open' AND kind = 'exam';

CREATE TABLE attempt_slot (
	attempt_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	item_id TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	domain TEXT DEFAULT '' NOT NULL,
	option_order TEXT DEFAULT '[]' NOT NULL,
	response TEXT,
	confidence TEXT,
	flagged BOOLEAN NOT NULL,
	struck TEXT DEFAULT '[]' NOT NULL,
	duration_ms INTEGER NOT NULL,
	locked BOOLEAN NOT NULL,
	score FLOAT,
	CONSTRAINT pk_attempt_slot PRIMARY KEY (attempt_id, position),
	CONSTRAINT ck_attempt_slot_confidence CHECK (confidence IS NULL OR confidence IN ('guess', 'unsure', 'sure')),
	CONSTRAINT ck_attempt_slot_amounts CHECK (duration_ms >= 0 AND position >= 0),
	CONSTRAINT ck_attempt_slot_flagged CHECK (flagged IN (0, 1)),
	CONSTRAINT ck_attempt_slot_locked CHECK (locked IN (0, 1)),
	CONSTRAINT ck_attempt_slot_score CHECK (score IS NULL OR score BETWEEN 0 AND 1),
	CONSTRAINT fk_attempt_slot_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id),
	CONSTRAINT fk_attempt_slot_item_id FOREIGN KEY(item_id) REFERENCES item (id)
);

CREATE INDEX ix_attempt_slot_item ON attempt_slot (item_id);

CREATE TABLE card_state (
	profile_id INTEGER NOT NULL,
	card_id TEXT NOT NULL,
	phase TEXT DEFAULT 'new' NOT NULL,
	stability FLOAT,
	difficulty FLOAT,
	last_study_day INTEGER,
	due_study_day INTEGER,
	due_at_ms INTEGER,
	reps INTEGER NOT NULL,
	lapses INTEGER NOT NULL,
	suspended BOOLEAN NOT NULL,
	buried_day INTEGER,
	flagged BOOLEAN NOT NULL,
	desired_retention FLOAT,
	algorithm TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_card_state PRIMARY KEY (profile_id, card_id),
	CONSTRAINT ck_card_state_new CHECK ((phase = 'new') = (stability IS NULL)),
	CONSTRAINT ck_card_state_phase CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
	CONSTRAINT ck_card_state_memory CHECK ((stability IS NULL) = (difficulty IS NULL)),
	CONSTRAINT ck_card_state_flagged CHECK (flagged IN (0, 1)),
	CONSTRAINT ck_card_state_counts CHECK (reps >= 0 AND lapses >= 0 AND lapses <= reps),
	CONSTRAINT ck_card_state_suspended CHECK (suspended IN (0, 1)),
	CONSTRAINT fk_card_state_card_id FOREIGN KEY(card_id) REFERENCES card (id),
	CONSTRAINT fk_card_state_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);

CREATE INDEX ix_card_state_due ON card_state (profile_id, suspended, phase, due_study_day, last_study_day, stability, buried_day, card_id);

CREATE INDEX ix_card_state_last ON card_state (profile_id, last_study_day);

CREATE TABLE review (
	seq INTEGER NOT NULL,
	uuid TEXT NOT NULL,
	profile_id INTEGER NOT NULL,
	card_id TEXT NOT NULL,
	session_id TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	offset_min INTEGER NOT NULL,
	study_day INTEGER NOT NULL,
	kind TEXT NOT NULL,
	rating INTEGER,
	response TEXT DEFAULT '' NOT NULL,
	duration_ms INTEGER NOT NULL,
	undoes TEXT,
	CONSTRAINT pk_review PRIMARY KEY (seq),
	CONSTRAINT ck_review_undo_rating CHECK ((kind = 'undo') = (rating IS NULL)),
	CONSTRAINT ck_review_undoes CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
	CONSTRAINT ck_review_kind CHECK (kind IN ('review', 'practice', 'undo')),
	CONSTRAINT ck_review_duration CHECK (duration_ms >= 0),
	CONSTRAINT ck_review_rating CHECK (rating IS NULL OR rating BETWEEN 1 AND 4),
	CONSTRAINT fk_review_card_id FOREIGN KEY(card_id) REFERENCES card (id),
	CONSTRAINT fk_review_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id),
	CONSTRAINT fk_review_undoes FOREIGN KEY(undoes) REFERENCES review (uuid),
	CONSTRAINT uq_review_undoes UNIQUE (undoes),
	CONSTRAINT uq_review_uuid UNIQUE (uuid)
);

CREATE INDEX ix_review_card ON review (profile_id, card_id, seq);

CREATE INDEX ix_review_day ON review (profile_id, study_day, kind, duration_ms);

CREATE INDEX ix_review_session ON review (session_id);

CREATE TABLE response (
	seq INTEGER NOT NULL,
	uuid TEXT NOT NULL,
	profile_id INTEGER NOT NULL,
	item_id TEXT NOT NULL,
	attempt_id TEXT NOT NULL,
	topic_id TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	offset_min INTEGER NOT NULL,
	study_day INTEGER NOT NULL,
	kind TEXT NOT NULL,
	response TEXT NOT NULL,
	score FLOAT NOT NULL,
	first BOOLEAN NOT NULL,
	confidence TEXT,
	duration_ms INTEGER NOT NULL,
	content_hash TEXT NOT NULL,
	CONSTRAINT pk_response PRIMARY KEY (seq),
	CONSTRAINT ck_response_confidence CHECK (confidence IS NULL OR confidence IN ('guess', 'unsure', 'sure')),
	CONSTRAINT ck_response_kind CHECK (kind IN ('practice', 'exam', 'placement')),
	CONSTRAINT ck_response_duration CHECK (duration_ms >= 0),
	CONSTRAINT ck_response_first CHECK (first IN (0, 1)),
	CONSTRAINT ck_response_score CHECK (score BETWEEN 0 AND 1),
	CONSTRAINT fk_response_attempt_id FOREIGN KEY(attempt_id) REFERENCES attempt (id),
	CONSTRAINT fk_response_item_id FOREIGN KEY(item_id) REFERENCES item (id),
	CONSTRAINT fk_response_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id),
	CONSTRAINT fk_response_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id),
	CONSTRAINT uq_response_uuid UNIQUE (uuid)
);

CREATE UNIQUE INDEX uq_response_attempt ON response (attempt_id, item_id);

CREATE INDEX ix_response_day ON response (profile_id, study_day);

CREATE INDEX ix_response_first ON response (profile_id, first, topic_id, score);

CREATE INDEX ix_response_item ON response (profile_id, item_id, seq);

CREATE TRIGGER review_no_update BEFORE UPDATE ON review
BEGIN
    SELECT RAISE(ABORT, 'review is append-only');
END;

CREATE TRIGGER review_no_delete BEFORE DELETE ON review
BEGIN
    SELECT RAISE(ABORT, 'review is append-only');
END;

CREATE TRIGGER response_no_update BEFORE UPDATE ON response
BEGIN
    SELECT RAISE(ABORT, 'response is append-only');
END;

CREATE TRIGGER response_no_delete BEFORE DELETE ON response
BEGIN
    SELECT RAISE(ABORT, 'response is append-only');
END;

CREATE VIRTUAL TABLE entry_text USING fts5(
    title, body, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4'
);

INSERT INTO alembic_version (version_num) VALUES ('0001');
