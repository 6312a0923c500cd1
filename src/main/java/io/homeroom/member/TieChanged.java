package io.homeroom.member;

/**
 * A WeChat user was tied to a member as its contact, or the tie was cut. Published in the same transaction.
 *
 * @param contact as it is after the act where it was tied, as it was before where it was cut
 * @param why in Chinese, where somebody else did it: the user itself left no reason
 */
public record TieChanged(Contact contact, boolean tied, String why) {

    static final String TAKEN_OVER = "由另一位微信用户接替";

    /** Whether another WeChat user's scan cut the tie. */
    public boolean displaced() {
        return why.equals(TAKEN_OVER);
    }
}
