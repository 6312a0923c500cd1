-- The roster: members as their ledger has them, the ledger itself, contacts and their ties to WeChat users.

-- One row for each member, derived whole from its ledger, so that it can be searched and judged without reading that.
CREATE TABLE member (
  association_id  VARCHAR(24)  NOT NULL,
  id              BIGINT       NOT NULL,
  name            VARCHAR(200) NOT NULL,
  kind            VARCHAR(16)  NOT NULL,
  grade           VARCHAR(40)  NOT NULL,
  standing        VARCHAR(16)  NOT NULL,
  joined_on       DATE,
  since_on        DATE,
  ended_on        DATE,
  ended_as        VARCHAR(24),
  applied_on      DATE,
  announced_on    DATE,
  listed_from     DATE,
  listed_to       DATE,
  suspended_since DATE,
  has_number      TINYINT(1)   NOT NULL,
  teacher_id      BIGINT,
  branch          VARCHAR(80),
  employer_id     BIGINT,
  -- credit code or identity number, sealed; the index is a keyed fingerprint of it
  code_sealed     VARCHAR(255),
  code_index      VARCHAR(64),
  posts           TEXT         NOT NULL,
  sanctions       TEXT         NOT NULL,
  data            TEXT         NOT NULL,
  -- the next day on which the nightly look wants to see it
  review_on       DATE,
  PRIMARY KEY (association_id, id)
);
CREATE UNIQUE INDEX member_code ON member (association_id, code_index);
CREATE INDEX member_review ON member (association_id, review_on, id);
CREATE INDEX member_name ON member (association_id, name);
CREATE INDEX member_grade ON member (association_id, grade, standing);
CREATE INDEX member_standing ON member (association_id, standing, id);
CREATE INDEX member_teacher ON member (association_id, teacher_id, id);
CREATE INDEX member_employer ON member (association_id, employer_id);

-- Posts held now, for counting seats.
CREATE TABLE member_post (
  association_id VARCHAR(24) NOT NULL,
  post           VARCHAR(40) NOT NULL,
  member_id      BIGINT      NOT NULL,
  PRIMARY KEY (association_id, post, member_id)
);
CREATE INDEX member_post_of ON member_post (association_id, member_id);

-- What happened. Rows are added, never changed but for being annulled.
CREATE TABLE member_entry (
  association_id VARCHAR(24) NOT NULL,
  id             BIGINT      NOT NULL,
  member_id      BIGINT      NOT NULL,
  kind           VARCHAR(16) NOT NULL,
  on_day         DATE        NOT NULL,
  clause         VARCHAR(40) NOT NULL,
  by_whom        VARCHAR(80) NOT NULL,
  case_id        BIGINT,
  data           TEXT        NOT NULL,
  recorded_at    DATETIME(3) NOT NULL,
  annulled_on    DATE,
  -- the day on which it will change the member's state by itself
  wakes_on       DATE,
  PRIMARY KEY (association_id, id)
);
CREATE INDEX member_entry_of ON member_entry (association_id, member_id, on_day, id);
CREATE INDEX member_entry_case ON member_entry (association_id, case_id);
CREATE INDEX member_entry_wakes ON member_entry (association_id, wakes_on);

CREATE TABLE contact (
  association_id VARCHAR(24)  NOT NULL,
  id             BIGINT       NOT NULL,
  member_id      BIGINT       NOT NULL,
  role           VARCHAR(16)  NOT NULL,
  name           VARCHAR(80)  NOT NULL,
  -- sealed
  phone          VARCHAR(255) NOT NULL,
  openid         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  PRIMARY KEY (association_id, id)
);
CREATE UNIQUE INDEX contact_role ON contact (association_id, member_id, role);

CREATE TABLE invitation (
  association_id VARCHAR(24) NOT NULL,
  scene          VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  member_id      BIGINT      NOT NULL,
  contact_id     BIGINT,
  expires_at     DATETIME(3) NOT NULL,
  invited_by     VARCHAR(80) NOT NULL,
  used_by        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  used_at        DATETIME(3),
  PRIMARY KEY (association_id, scene)
);

CREATE TABLE binding (
  association_id VARCHAR(24) NOT NULL,
  openid         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  member_id      BIGINT      NOT NULL,
  contact_id     BIGINT      NOT NULL,
  bound_at       DATETIME(3) NOT NULL,
  chosen         TINYINT(1)  NOT NULL,
  PRIMARY KEY (association_id, openid, member_id)
);
CREATE INDEX binding_contact ON binding (association_id, contact_id);
