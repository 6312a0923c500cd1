package io.homeroom.papers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Weighs a workbook before it is opened: a few kilobytes can unpack to gigabytes, and one cell can claim to stand a
 * hundred million columns to the right. What passes can be read in little memory.
 */
final class Scales {

    private static final long UNPACKED = 160L << 20;
    private static final long TEXTS = 32L << 20;
    private static final int PARTS = 500;

    private Scales() {}

    /** Keeps a file if it may be opened. */
    static void weigh(InputStream file, Path kept) throws Unreadable, IOException {
        try (OutputStream out = Files.newOutputStream(kept)) {
            byte[] buffer = new byte[8192];
            long size = 0;
            for (int n = file.read(buffer); n >= 0; n = file.read(buffer)) {
                size += n;
                if (size > Sheets.LARGEST) {
                    throw new Unreadable("文件超过 20 MB，请拆成几份");
                }
                out.write(buffer, 0, n);
            }
        }
        try (ZipFile zip = new ZipFile(kept.toFile())) {
            if (zip.size() > PARTS || zip.getEntry("[Content_Types].xml") == null) {
                throw noWorkbook();
            }
            Weight weight = new Weight();
            for (ZipEntry part : Collections.list(zip.entries())) {
                try (InputStream content = new Counted(zip.getInputStream(part), weight, isTexts(part))) {
                    scan(content, weight);
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (ZipException e) {
            throw noWorkbook();
        } catch (TooHeavy e) {
            throw new Unreadable("这个表格文件展开后太大，不能读取。请只保留要导入的表，另存为新的 .xlsx");
        }
    }

    private static boolean isTexts(ZipEntry part) {
        return part.getName().toLowerCase(Locale.ROOT).contains("sharedstrings");
    }

    /** Which part is a sheet is said by the file itself: all are looked through, as far as they are XML. */
    private static void scan(InputStream content, Weight weight) throws Unreadable, IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(content);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("row") && ++weight.rows > 2 * Sheets.ROWS) {
                    throw tooMany();
                }
                if (xml.getLocalName().equals("c") && letters(xml.getAttributeValue(null, "r")) > 3) {
                    throw new Unreadable("表格里有不存在的列。请用 Excel 或 WPS 打开后另存为 .xlsx 再试");
                }
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof TooHeavy heavy) {
                throw heavy;
            }
            // No XML, or broken: whoever needs this part will stop at the same place.
        }
    }

    private static int letters(String address) {
        int letters = 0;
        while (address != null && letters < address.length() && Character.isLetter(address.charAt(letters))) {
            letters++;
        }
        return letters;
    }

    static Unreadable tooMany() {
        return new Unreadable("表格超过 " + String.format(Locale.ROOT, "%,d", Sheets.ROWS) + " 行，请拆成几份");
    }

    private static Unreadable noWorkbook() {
        return new Unreadable("这不是 .xlsx 表格文件。旧的 .xls 或 .csv 请用 Excel 或 WPS 另存为 .xlsx");
    }

    private static final class Weight {
        private long bytes;
        private long texts;
        private int rows;
    }

    private static final class TooHeavy extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts what was really unpacked; what a header says of it proves nothing. */
    private static final class Counted extends InputStream {

        private final InputStream in;
        private final Weight weight;
        private final boolean texts;

        Counted(InputStream in, Weight weight, boolean texts) {
            this.in = in;
            this.weight = weight;
            this.texts = texts;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                count(1);
            }
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                count(n);
            }
            return n;
        }

        private void count(int n) throws TooHeavy {
            weight.bytes += n;
            weight.texts += texts ? n : 0;
            if (weight.bytes > UNPACKED || weight.texts > TEXTS) {
                throw new TooHeavy();
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
