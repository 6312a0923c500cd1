-- How members' names sound, so that they are found by pinyin, by initials and in spite of a slip. Derived from the name.
CREATE TABLE member_sound (
  association_id VARCHAR(24)  NOT NULL,
  member_id      BIGINT       NOT NULL,
  -- letters, digits and characters of the name only
  letters        VARCHAR(200) NOT NULL,
  -- readings without tones, easily confused sounds made one; a second reading after a bar
  sound          VARCHAR(1500) NOT NULL,
  initials       VARCHAR(401) NOT NULL,
  PRIMARY KEY (association_id, member_id)
);
