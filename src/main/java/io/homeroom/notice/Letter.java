package io.homeroom.notice;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one address.
 *
 * @param association code of the sender
 * @param address openid or WeCom user id; empty for the robot
 * @param memberId whom it is about
 * @param about code of the kind, from which the courier may choose a template
 * @param text all of it, in Chinese, with its clauses in brackets
 * @param data further facts for templates
 * @param dedupeId the same for every attempt at this notice: {@code client_msg_id} where a channel takes one
 * @param nth which of the letters that say the same to that address within the channel's memory, from 1; the same for every
 *     attempt
 */
public record Letter(
        String association,
        Channel channel,
        String address,
        @Nullable Long memberId,
        String about,
        String text,
        List<String> clauses,
        Map<String, String> data,
        String dedupeId,
        int nth) {

    public Letter {
        clauses = List.copyOf(clauses);
        data = Map.copyOf(data);
    }

    /** The only one of its words. */
    public Letter(
            String association,
            Channel channel,
            String address,
            @Nullable Long memberId,
            String about,
            String text,
            List<String> clauses,
            Map<String, String> data,
            String dedupeId) {
        this(association, channel, address, memberId, about, text, clauses, data, dedupeId, 1);
    }

    /** The same letter as the so-manieth of its words. */
    public Letter nth(int number) {
        return new Letter(association, channel, address, memberId, about, text, clauses, data, dedupeId, number);
    }
}
