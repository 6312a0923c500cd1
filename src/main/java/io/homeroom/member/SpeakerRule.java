package io.homeroom.member;

/** What the bylaws say of who speaks for a unit: the roster knows no law, a room above tells it. */
public interface SpeakerRule {

    /** Whether the liaison and the representative of a unit are one person: whoever is named for one role has both. */
    boolean onePerson();
}
