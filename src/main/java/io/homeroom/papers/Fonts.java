package io.homeroom.papers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Noto Sans SC as it comes with the program (SIL Open Font License), so that nothing must be installed to print.
 *
 * <p>The font draws 日 and the radical ⽇ with one glyph, and a PDF names a glyph's lowest character: copied or searched,
 * a letter would say ⽇. The radicals are therefore taken out of the font's table of characters.
 */
final class Fonts {

    private static final String FOLDER = "/fonts/ttf/NotoSansSC/NotoSansSC-";
    private static final int ENTRY = 16;
    private static final int DIRECTORY = 12;
    private static final int SEGMENTED_COVERAGE = 12;

    private SoftReference<byte[]> regular = new SoftReference<>(null);
    private SoftReference<byte[]> bold = new SoftReference<>(null);

    synchronized byte[] regular() {
        byte[] known = regular.get();
        if (known == null) {
            known = load("Regular");
            regular = new SoftReference<>(known);
        }
        return known;
    }

    synchronized byte[] bold() {
        byte[] known = bold.get();
        if (known == null) {
            known = load("Bold");
            bold = new SoftReference<>(known);
        }
        return known;
    }

    /** Whether a character is a radical that stands for an ideograph of its own. */
    static boolean isRadical(int character) {
        return character >= 0x2E80 && character <= 0x2FDF;
    }

    private static byte[] load(String weight) {
        try (InputStream font = Fonts.class.getResourceAsStream(FOLDER + weight + ".ttf")) {
            if (font == null) {
                throw new IllegalStateException("The Chinese font is missing from the class path: " + weight);
            }
            return withoutRadicals(font.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The Chinese font could not be read", e);
        }
    }

    /** The font with a new table of characters at its end, to which the directory then points. */
    private static byte[] withoutRadicals(byte[] font) {
        ByteBuffer old = ByteBuffer.wrap(font);
        int entry = entry(old);
        byte[] table = table(characters(old, old.getInt(entry + 8)));
        int end = (font.length + 3) & ~3;
        ByteBuffer made = ByteBuffer.wrap(Arrays.copyOf(font, end + table.length));
        made.put(end, table);
        made.putInt(entry + 8, end);
        made.putInt(entry + 12, table.length);
        return made.array();
    }

    private static int entry(ByteBuffer font) {
        byte[] tag = new byte[4];
        for (int i = 0; i < font.getShort(4); i++) {
            int at = DIRECTORY + i * ENTRY;
            font.get(at, tag);
            if (new String(tag, StandardCharsets.US_ASCII).equals("cmap")) {
                return at;
            }
        }
        throw new IllegalStateException("A font without a table of characters");
    }

    /** Glyphs by character, from the subtable that knows all planes. */
    private static Map<Integer, Integer> characters(ByteBuffer font, int cmap) {
        Map<Integer, Integer> glyphs = new TreeMap<>();
        Integer subtable = subtable(font, cmap);
        if (subtable == null) {
            throw new IllegalStateException("A font without a full table of characters");
        }
        int groups = font.getInt(subtable + 12);
        for (int i = 0; i < groups; i++) {
            int group = subtable + 16 + i * 12;
            int first = font.getInt(group);
            for (int c = first; c <= font.getInt(group + 4); c++) {
                if (!isRadical(c)) {
                    glyphs.put(c, font.getInt(group + 8) + c - first);
                }
            }
        }
        return glyphs;
    }

    private static @Nullable Integer subtable(ByteBuffer font, int cmap) {
        for (int i = 0; i < font.getShort(cmap + 2); i++) {
            int subtable = cmap + font.getInt(cmap + 4 + i * 8 + 4);
            if (font.getShort(subtable) == SEGMENTED_COVERAGE) {
                return subtable;
            }
        }
        return null;
    }

    private static byte[] table(Map<Integer, Integer> glyphs) {
        byte[] made = new byte[12 + 16 + 12 * glyphs.size()];
        ByteBuffer table = ByteBuffer.wrap(made);
        table.putShort((short) 0).putShort((short) 1);
        table.putShort((short) 3).putShort((short) 10).putInt(12);
        table.putShort((short) SEGMENTED_COVERAGE).putShort((short) 0);
        table.putInt(16 + 12 * glyphs.size()).putInt(0).putInt(glyphs.size());
        glyphs.forEach(
                (character, glyph) -> table.putInt(character).putInt(character).putInt(glyph));
        return made;
    }
}
