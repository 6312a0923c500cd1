-- Money that arrived, orders at the payment gateway, money that goes back.

CREATE TABLE payment (
  association_id  VARCHAR(24)  NOT NULL,
  id              BIGINT       NOT NULL,
  member_id       BIGINT       NOT NULL,
  amount_fen      BIGINT       NOT NULL,
  method          VARCHAR(16)  NOT NULL,
  received_at     DATETIME(3)  NOT NULL,
  -- the gateway's or bank's own number; a repetition meets the first row
  external_id     VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  memo            VARCHAR(200) NOT NULL,
  for_what        VARCHAR(16),
  state           VARCHAR(16)  NOT NULL,
  order_no        VARCHAR(32),
  recorded_by     VARCHAR(80)  NOT NULL,
  refusal         VARCHAR(500),
  refusal_clauses VARCHAR(200),
  PRIMARY KEY (association_id, id)
);
CREATE UNIQUE INDEX payment_external ON payment (association_id, external_id);
CREATE INDEX payment_member ON payment (association_id, member_id, id);
CREATE INDEX payment_state ON payment (association_id, state, id);

CREATE TABLE pay_order (
  association_id VARCHAR(24)   NOT NULL,
  id             BIGINT        NOT NULL,
  out_trade_no   VARCHAR(32)   NOT NULL,
  member_id      BIGINT        NOT NULL,
  bills          VARCHAR(2000) NOT NULL,
  for_what       VARCHAR(16),
  amount_fen     BIGINT        NOT NULL,
  channel        VARCHAR(8)    NOT NULL,
  openid         VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  app_id         VARCHAR(64)   NOT NULL,
  mch_id         VARCHAR(32)   NOT NULL,
  state          VARCHAR(16)   NOT NULL,
  description    VARCHAR(127)  NOT NULL,
  created_at     DATETIME(3)   NOT NULL,
  expires_at     DATETIME(3)   NOT NULL,
  prepay_id      VARCHAR(128),
  code_url       VARCHAR(512),
  transaction_id VARCHAR(64),
  -- when the gateway is asked next, and how often it was
  query_at       DATETIME(3),
  queries        INT           NOT NULL,
  -- while it is open: fingerprint of what it is for, so that the same wish meets the same order
  open_key       VARCHAR(64),
  PRIMARY KEY (association_id, id)
);
CREATE UNIQUE INDEX pay_order_no ON pay_order (association_id, out_trade_no);
CREATE UNIQUE INDEX pay_order_open ON pay_order (association_id, open_key);
CREATE INDEX pay_order_member ON pay_order (association_id, member_id, id);
CREATE INDEX pay_order_query ON pay_order (association_id, query_at);

CREATE TABLE refund (
  association_id   VARCHAR(24)  NOT NULL,
  id               BIGINT       NOT NULL,
  member_id        BIGINT       NOT NULL,
  payment_id       BIGINT,
  out_trade_no     VARCHAR(32),
  out_refund_no    VARCHAR(32)  NOT NULL,
  order_amount_fen BIGINT       NOT NULL,
  amount_fen       BIGINT       NOT NULL,
  reason           VARCHAR(200) NOT NULL,
  clauses          VARCHAR(200) NOT NULL,
  state            VARCHAR(16)  NOT NULL,
  gateway_id       VARCHAR(64),
  tries            INT          NOT NULL,
  try_at           DATETIME(3),
  done_at          DATETIME(3),
  PRIMARY KEY (association_id, id)
);
CREATE UNIQUE INDEX refund_no ON refund (association_id, out_refund_no);
CREATE INDEX refund_payment ON refund (association_id, payment_id);
CREATE INDEX refund_member ON refund (association_id, member_id, id);
CREATE INDEX refund_try ON refund (association_id, try_at);

-- What finance was told of, each occasion once however often the gateway repeats itself.
CREATE TABLE money_alert (
  association_id VARCHAR(24)  NOT NULL,
  alert_key      VARCHAR(120) NOT NULL,
  kind           VARCHAR(24)  NOT NULL,
  text           VARCHAR(500) NOT NULL,
  noted_at       DATETIME(3)  NOT NULL,
  PRIMARY KEY (association_id, alert_key)
);
