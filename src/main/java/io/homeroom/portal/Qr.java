package io.homeroom.portal;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;

/**
 * A code to scan, drawn into the page itself.
 *
 * @param codeUrl its content
 * @param viewBox of the drawing, with no quiet zone: the page's white frame is that
 * @param path the dark modules
 * @param secondsLeft how long it can be paid
 */
record Qr(String codeUrl, String viewBox, String path, long secondsLeft) {

    static Qr of(String codeUrl, long secondsLeft) {
        ByteMatrix modules;
        try {
            modules = Encoder.encode(codeUrl, ErrorCorrectionLevel.M, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                    .getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("Not fit for a QR code: " + codeUrl.length() + " characters", e);
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y) == 1) {
                    int from = x;
                    while (x + 1 < modules.getWidth() && modules.get(x + 1, y) == 1) {
                        x++;
                    }
                    int width = x - from + 1;
                    path.append('M')
                            .append(from)
                            .append(' ')
                            .append(y)
                            .append('h')
                            .append(width)
                            .append("v1h-")
                            .append(width)
                            .append('z');
                }
            }
        }
        return new Qr(
                codeUrl,
                "0 0 " + modules.getWidth() + " " + modules.getHeight(),
                path.toString(),
                Math.max(0, secondsLeft));
    }

    /** 1:59:30. */
    public String leftText() {
        return String.format("%d:%02d:%02d", secondsLeft / 3600, secondsLeft / 60 % 60, secondsLeft % 60);
    }
}
