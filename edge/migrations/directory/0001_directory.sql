-- Who is who: firms, members, companies, connections and what ties them. Times in ms since 1970.
-- Roles, invitations and the audit log of firms come beside `member`; several ledger databases by `integration.ledger`.

CREATE TABLE firm (
  id TEXT PRIMARY KEY,
  issuer TEXT NOT NULL,
  -- the value of the firm claim in the identity provider's ID token
  claim TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (issuer, claim)
);

CREATE TABLE member (
  id TEXT PRIMARY KEY,
  firm TEXT NOT NULL REFERENCES firm (id),
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (issuer, subject)
);

CREATE TABLE company (
  organisation_number TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL
);

-- Our key to one Fortnox tenant. Firms share it: Fortnox has one service account per client id and customer.
CREATE TABLE connection (
  tenant INTEGER PRIMARY KEY,
  organisation_number TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'broken')),
  reason TEXT,
  missing TEXT NOT NULL DEFAULT '[]',
  connected_at INTEGER NOT NULL
);

-- firm + company -> connection. Its id is the key of the ledger, which no two firms share.
CREATE TABLE integration (
  id TEXT PRIMARY KEY,
  firm TEXT NOT NULL REFERENCES firm (id),
  company TEXT NOT NULL REFERENCES company (organisation_number),
  name TEXT NOT NULL,
  connection INTEGER REFERENCES connection (tenant),
  -- why the last attempt to approve failed, as a wire error
  last_refusal TEXT,
  ledger TEXT NOT NULL DEFAULT 'LEDGER',
  -- when cron looks at it next; null: never (not connected)
  due_at INTEGER,
  created_by TEXT NOT NULL REFERENCES member (id),
  created_at INTEGER NOT NULL,
  UNIQUE (firm, company)
);
CREATE INDEX integration_due ON integration (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX integration_connection ON integration (connection) WHERE connection IS NOT NULL;

-- The link's secret part is derived from its id (LINK_SECRET); none is stored.
CREATE TABLE consent_link (
  id TEXT PRIMARY KEY,
  integration TEXT NOT NULL REFERENCES integration (id),
  created_by TEXT NOT NULL REFERENCES member (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  used_at INTEGER
);
CREATE INDEX consent_link_integration ON consent_link (integration);

-- One "Ge behörighet": the state that went to Fortnox, and what came of it.
CREATE TABLE consent_attempt (
  -- SHA-256 of the state
  state TEXT PRIMARY KEY,
  link TEXT NOT NULL REFERENCES consent_link (id),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- null: approved; else a wire error
  refusal TEXT
);
CREATE INDEX consent_attempt_link ON consent_attempt (link, created_at);

-- The key of a device's document cache.
CREATE TABLE cache_key (
  member TEXT NOT NULL REFERENCES member (id),
  device TEXT NOT NULL,
  key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (member, device)
) WITHOUT ROWID;
