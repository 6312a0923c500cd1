package io.homeroom.classroom;

import java.util.List;

/**
 * How a class stands today.
 *
 * @param members who belong
 * @param normal active, nothing overdue and nothing due soon
 * @param dueSoon something is to be paid within thirty days
 * @param inArrears something is overdue
 * @param suspended whose rights are at rest, unless counted before
 * @param unbound whom nothing reaches in WeChat
 * @param today what its teacher must do by today
 * @param covering names of the colleagues whose classes are counted in
 */
public record Overview(
        int members,
        int normal,
        int dueSoon,
        int inArrears,
        int suspended,
        int unbound,
        int today,
        List<String> covering) {

    public Overview {
        covering = List.copyOf(covering);
    }
}
