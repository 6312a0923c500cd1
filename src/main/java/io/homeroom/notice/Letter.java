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
        String dedupeId) {

    public Letter {
        clauses = List.copyOf(clauses);
        data = Map.copyOf(data);
    }
}
