package io.homeroom.member;

/**
 * A WeChat user was tied to a member as its contact, or the tie was cut. Published in the same transaction.
 *
 * @param contact as it is after the act where it was tied, as it was before where it was cut
 * @param why in Chinese, where somebody else did it: the user itself left no reason
 * @param displaced whether the scan of another WeChat user cut the tie
 */
public record TieChanged(Contact contact, boolean tied, String why, boolean displaced) {

    TieChanged(Contact contact, boolean tied, String why) {
        this(contact, tied, why, false);
    }
}
