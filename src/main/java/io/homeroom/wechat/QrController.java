package io.homeroom.wechat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Draws the QR codes of invitations. Whoever knows the scene may see its code; scenes cannot be guessed. */
@RestController
class QrController {

    private static final int PIXELS = 430;
    private static final int BLACK = 0xFF000000;
    private static final int WHITE = 0xFFFFFFFF;

    private final Associations associations;
    private final SceneCodes codes;

    QrController(Associations associations, SceneCodes codes) {
        this.associations = associations;
        this.codes = codes;
    }

    @GetMapping("/qr/{code}/{scene}.png")
    ResponseEntity<byte[]> picture(@PathVariable String code, @PathVariable String scene) throws IOException {
        Optional<String> content =
                associations.has(code) ? Tenant.in(code, () -> codes.content(scene)) : Optional.empty();
        if (content.isEmpty()) {
            return Doors.unknown();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(CacheControl.noStore())
                .body(draw(content.get()));
    }

    static byte[] draw(String content) throws IOException {
        BitMatrix dots;
        try {
            dots = new QRCodeWriter()
                    .encode(
                            content,
                            BarcodeFormat.QR_CODE,
                            PIXELS,
                            PIXELS,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.CHARACTER_SET,
                                    "UTF-8",
                                    EncodeHintType.MARGIN,
                                    2));
        } catch (WriterException e) {
            throw new IllegalStateException("A ticket's address fits into a QR code", e);
        }
        BufferedImage image = new BufferedImage(dots.getWidth(), dots.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < dots.getHeight(); y++) {
            for (int x = 0; x < dots.getWidth(); x++) {
                image.setRGB(x, y, dots.get(x, y) ? BLACK : WHITE);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
