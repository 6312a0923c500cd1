package io.homeroom.wechat;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XML of callbacks: one element {@code xml} with flat children. Read once, by a pull parser that knows no document
 * types and no entities; what lies deeper is skipped, as nothing here needs it.
 */
record Envelope(Map<String, String> fields) {

    /** XML that is none, or not of this shape. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private static final int DEEPEST = 16;

    private static final XMLInputFactory READERS = XMLInputFactory.newDefaultFactory();

    static {
        READERS.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        READERS.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        READERS.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        READERS.setProperty(XMLInputFactory.IS_COALESCING, false);
        READERS.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    }

    Envelope {
        fields = Map.copyOf(fields);
    }

    /** A field's text, stripped; empty where it is missing. */
    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /**
     * Reads a document.
     *
     * @throws Malformed if it is no well-formed XML with the root {@code xml}, or declares a document type
     */
    static Envelope read(byte[] xml) throws Malformed {
        XMLStreamReader reader = null;
        try {
            reader = READERS.createXMLStreamReader(new ByteArrayInputStream(xml));
            return new Envelope(read(reader));
        } catch (XMLStreamException | RuntimeException e) {
            // The parser of the JDK throws unchecked exceptions for some broken encodings.
            throw new Malformed("not well-formed");
        } finally {
            close(reader);
        }
    }

    private static Map<String, String> read(XMLStreamReader reader) throws XMLStreamException, Malformed {
        Map<String, String> fields = new HashMap<>();
        StringBuilder text = new StringBuilder();
        int depth = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    if (depth == 1 && !"xml".equals(reader.getLocalName())) {
                        throw new Malformed("root");
                    }
                    if (depth > DEEPEST) {
                        throw new Malformed("too deep");
                    }
                    if (depth == 2) {
                        text.setLength(0);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (depth == 2) {
                        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth == 2) {
                        fields.putIfAbsent(
                                reader.getLocalName(), text.toString().strip());
                    }
                    depth--;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw new Malformed("entities");
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return fields;
    }

    private static void close(@org.jspecify.annotations.Nullable XMLStreamReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A passive text reply; to and from as in the message that it answers, the other way round. */
    static String text(String to, String from, long epochSecond, String content) {
        return "<xml><ToUserName>" + cdata(to) + "</ToUserName><FromUserName>" + cdata(from)
                + "</FromUserName><CreateTime>" + epochSecond
                + "</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>"
                + cdata(content) + "</Content></xml>";
    }

    /** Any text as character data: a {@code ]]>} inside is split, and what XML cannot hold is left out. */
    static String cdata(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 12);
        text.codePoints().filter(Envelope::allowed).forEach(safe::appendCodePoint);
        return "<![CDATA[" + safe.toString().replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }

    private static boolean allowed(int c) {
        return c == '\n'
                || c == '\t'
                || c == '\r'
                || c >= 0x20 && c < 0xD800
                || c >= 0xE000 && c < 0xFFFE
                || c > 0xFFFF;
    }
}
