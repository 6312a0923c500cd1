package io.homeroom.care;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one member in a mailing.
 *
 * @param taskId the task that is done when it is sent
 * @param to whom; mask the phone where it is shown to others than the office
 * @param tracking the carrier's number; empty for none
 * @param pictureId the photo of what is in it
 * @param sentOn empty until it is sent
 */
public record Parcel(
        long id,
        long mailingId,
        String what,
        String title,
        long memberId,
        @Nullable Long taskId,
        Recipient to,
        String tracking,
        @Nullable Long pictureId,
        @Nullable LocalDate sentOn) {

    /** Who is written on it; each may be empty. */
    public record Recipient(String unit, String person, String phone, String address) {}

    Parcel to(Recipient other) {
        return new Parcel(id, mailingId, what, title, memberId, taskId, other, tracking, pictureId, sentOn);
    }

    public boolean isSent() {
        return sentOn != null;
    }
}
