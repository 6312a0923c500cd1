package io.homeroom.casework;

import java.time.LocalDate;

/**
 * A picture or PDF that was handed in.
 *
 * @param caseId the case it belongs to; 0 while its application is not filed
 * @param document the document that it is, by the rulebook's word
 * @param media {@code image/jpeg} or {@code application/pdf}
 * @param sizeBytes as kept
 */
public record Enclosure(long id, long caseId, String document, String media, int sizeBytes, LocalDate receivedOn) {

    public boolean isPicture() {
        return media.equals(Scan.JPEG);
    }
}
