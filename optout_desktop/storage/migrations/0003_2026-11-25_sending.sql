-- What sending needs, in version 3: servers of a mail account, the outbox with its events, batches, the network log;
-- how a letter is wished for, own templates, files that go along; imports of companies and addresses that are dead.
-- Nothing that was there before changes.

CREATE TABLE mail_servers (
	account VARCHAR NOT NULL, 
	purpose VARCHAR NOT NULL, 
	host TEXT NOT NULL, 
	port INTEGER NOT NULL, 
	security VARCHAR NOT NULL, 
	user_name TEXT NOT NULL, 
	password_home VARCHAR NOT NULL, 
	password TEXT NOT NULL, 
	sent_folder TEXT NOT NULL, 
	CONSTRAINT pk_mail_servers PRIMARY KEY (account, purpose), 
	CONSTRAINT fk_mail_servers_account FOREIGN KEY(account) REFERENCES mail_accounts (id)
);

CREATE TABLE company_imports (
	id VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	file_name TEXT NOT NULL, 
	imported_at DATETIME NOT NULL, 
	undone_at DATETIME, 
	CONSTRAINT pk_company_imports PRIMARY KEY (id)
);

CREATE TABLE imported_companies (
	import VARCHAR NOT NULL, 
	company VARCHAR NOT NULL, 
	record_before TEXT, 
	CONSTRAINT pk_imported_companies PRIMARY KEY (import, company), 
	CONSTRAINT fk_imported_companies_import FOREIGN KEY(import) REFERENCES company_imports (id)
);

CREATE TABLE dead_contacts (
	company VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	since_on DATE NOT NULL, 
	request VARCHAR NOT NULL, 
	CONSTRAINT pk_dead_contacts PRIMARY KEY (company, channel, value)
);

CREATE TABLE letter_choices (
	request VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	tone VARCHAR NOT NULL, 
	template VARCHAR, 
	CONSTRAINT pk_letter_choices PRIMARY KEY (request, kind), 
	CONSTRAINT fk_letter_choices_request FOREIGN KEY(request) REFERENCES requests (id)
);

CREATE TABLE own_templates (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	"right" VARCHAR, 
	language VARCHAR NOT NULL, 
	subject TEXT NOT NULL, 
	body TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	changed_at DATETIME NOT NULL, 
	is_binned BOOLEAN NOT NULL, 
	CONSTRAINT pk_own_templates PRIMARY KEY (id)
);

CREATE TABLE attachments (
	id VARCHAR NOT NULL, 
	request VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	bytes BLOB NOT NULL, 
	added_at DATETIME NOT NULL, 
	is_binned BOOLEAN NOT NULL, 
	CONSTRAINT pk_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_attachments_request FOREIGN KEY(request) REFERENCES requests (id)
);

CREATE INDEX ix_attachments_request ON attachments (request);

CREATE TABLE batches (
	id VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	account VARCHAR, 
	consented_at DATETIME, 
	delay_seconds INTEGER NOT NULL, 
	daily_cap INTEGER NOT NULL, 
	CONSTRAINT pk_batches PRIMARY KEY (id), 
	CONSTRAINT fk_batches_account FOREIGN KEY(account) REFERENCES mail_accounts (id)
);

CREATE TABLE batch_items (
	batch VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	request VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	CONSTRAINT pk_batch_items PRIMARY KEY (batch, position), 
	CONSTRAINT fk_batch_items_batch FOREIGN KEY(batch) REFERENCES batches (id), 
	CONSTRAINT fk_batch_items_request FOREIGN KEY(request) REFERENCES requests (id)
);

CREATE TABLE outgoing (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR NOT NULL, 
	request VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	letter VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	batch VARCHAR, 
	sender TEXT NOT NULL, 
	recipients TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	not_before_at DATETIME NOT NULL, 
	delivery VARCHAR NOT NULL, 
	CONSTRAINT uq_outgoing_id UNIQUE (id), 
	CONSTRAINT fk_outgoing_request FOREIGN KEY(request) REFERENCES requests (id), 
	CONSTRAINT fk_outgoing_account FOREIGN KEY(account) REFERENCES mail_accounts (id), 
	CONSTRAINT fk_outgoing_batch FOREIGN KEY(batch) REFERENCES batches (id)
);

CREATE INDEX ix_outgoing_batch ON outgoing (batch);

CREATE INDEX ix_outgoing_delivery ON outgoing (delivery, not_before_at);

CREATE INDEX ix_outgoing_request ON outgoing (request);

CREATE TABLE outgoing_events (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	message VARCHAR NOT NULL, 
	step VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	code INTEGER NOT NULL, 
	reply TEXT NOT NULL, 
	CONSTRAINT fk_outgoing_events_message FOREIGN KEY(message) REFERENCES outgoing (id)
);

CREATE INDEX ix_outgoing_events_message ON outgoing_events (message);

CREATE TABLE network_log (
	sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	purpose VARCHAR NOT NULL, 
	host TEXT NOT NULL, 
	port INTEGER NOT NULL, 
	bytes_out INTEGER NOT NULL, 
	bytes_in INTEGER NOT NULL, 
	result TEXT NOT NULL
);
