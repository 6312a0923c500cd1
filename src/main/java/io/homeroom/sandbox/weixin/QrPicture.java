package io.homeroom.sandbox.weixin;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import io.homeroom.sandbox.wire.WireAnswer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** The JPEG of {@code showqrcode}, 430 pixels wide like WeChat's. */
final class QrPicture {

    private static final int SIZE = 430;

    private QrPicture() {}

    static WireAnswer answer(String text) {
        try {
            BitMatrix matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIZE, SIZE);
            BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    image.setRGB(x, y, matrix.get(x, y) ? 0 : 0xFFFFFF);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", bytes);
            return new WireAnswer(200, Map.of("Content-Type", "image/jpg"), bytes.toByteArray(), false);
        } catch (WriterException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
