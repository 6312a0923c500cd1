package io.homeroom.portal;

import io.homeroom.casework.Enclosure;
import io.homeroom.casework.Enclosures;
import io.homeroom.liaison.Attached;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Files on their way in and out: read no further than allowed, handed out so that no browser makes a page of them. */
final class Upload {

    /** A picture alone, without a right to do anything. */
    private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'";

    private Upload() {}

    /** The body of a request; empty for one that is too large. */
    static Optional<byte[]> read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > Enclosures.MOST_BYTES) {
            return Optional.empty();
        }
        byte[] body = request.getInputStream().readNBytes(Enclosures.MOST_BYTES + 1);
        return body.length > Enclosures.MOST_BYTES ? Optional.empty() : Optional.of(body);
    }

    static ResponseEntity<?> tooLarge() {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "文件超过 " + (Enclosures.MOST_BYTES >> 20) + " MB，请压缩或拍得小一些再传。");
    }

    static ResponseEntity<?> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }

    /** A small picture inside a page. */
    static ResponseEntity<byte[]> thumbnail(byte[] picture) {
        return guarded().contentType(MediaType.IMAGE_JPEG).body(picture);
    }

    /** The file itself, to be saved or looked at on its own. */
    static ResponseEntity<byte[]> file(Enclosure enclosure, byte[] content) {
        String name = enclosure.document() + (enclosure.isPicture() ? ".jpg" : ".pdf");
        ContentDisposition how = (enclosure.isPicture() ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(name, StandardCharsets.UTF_8)
                .build();
        return guarded()
                .header(HttpHeaders.CONTENT_DISPOSITION, how.toString())
                .contentType(MediaType.parseMediaType(enclosure.media()))
                .body(content);
    }

    /** A picture to look at or a document to be saved, as it was attached. */
    static ResponseEntity<byte[]> file(Attached attached, byte[] content) {
        ContentDisposition how = (attached.isPicture() ? ContentDisposition.inline() : ContentDisposition.attachment())
                .filename(attached.name(), StandardCharsets.UTF_8)
                .build();
        return guarded()
                .header(HttpHeaders.CONTENT_DISPOSITION, how.toString())
                .contentType(MediaType.parseMediaType(attached.media()))
                .body(content);
    }

    /** A paper of ours, to be saved. */
    static ResponseEntity<byte[]> paper(byte[] pdf, String name) {
        return guarded()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_PDF)
                .body(pdf);
    }

    private static ResponseEntity.BodyBuilder guarded() {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff");
    }
}
