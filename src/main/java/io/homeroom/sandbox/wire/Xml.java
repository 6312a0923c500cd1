package io.homeroom.sandbox.wire;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The XML of callbacks: built with CDATA the way WeChat does, read without document types and entities. */
public final class Xml {

    private Xml() {}

    /** Builds one {@code <xml>} document, elements in the order of the calls. */
    public static final class Builder {

        private final StringBuilder text = new StringBuilder("<xml>");

        /** An element with a text, in CDATA; an end of CDATA inside the text is split. */
        public Builder text(String name, String value) {
            text.append('<').append(name).append("><![CDATA[").append(value.replace("]]>", "]]]]><![CDATA[>"));
            text.append("]]></").append(name).append('>');
            return this;
        }

        /** An element with a number, plain. */
        public Builder number(String name, long value) {
            text.append('<')
                    .append(name)
                    .append('>')
                    .append(value)
                    .append("</")
                    .append(name)
                    .append('>');
            return this;
        }

        /** An element with a decimal number or code that needs no escaping, plain. */
        public Builder plain(String name, String value) {
            text.append('<')
                    .append(name)
                    .append('>')
                    .append(value.replace("&", "&amp;").replace("<", "&lt;"));
            text.append("</").append(name).append('>');
            return this;
        }

        /** Opens an element that holds others. */
        public Builder open(String name) {
            text.append('<').append(name).append('>');
            return this;
        }

        /** Closes what {@link #open} opened. */
        public Builder close(String name) {
            text.append("</").append(name).append('>');
            return this;
        }

        /** The document. */
        public String build() {
            return text + "</xml>";
        }
    }

    /** An element that was read. */
    public static final class Tree {

        private final Element element;

        private Tree(Element element) {
            this.element = element;
        }

        /** Name of this element. */
        public String name() {
            return element.getTagName();
        }

        /** Text of the first child of that name, or null where there is none. */
        public @Nullable String text(String name) {
            List<Tree> found = children(name);
            return found.isEmpty() ? null : found.get(0).element.getTextContent();
        }

        /** Text of the first child of that name, empty where there is none. */
        public String textOrEmpty(String name) {
            String found = text(name);
            return found == null ? "" : found;
        }

        /** All child elements of that name. */
        public List<Tree> children(String name) {
            List<Tree> found = new ArrayList<>();
            NodeList nodes = element.getChildNodes();
            for (int i = 0; i < nodes.getLength(); i++) {
                Node node = nodes.item(i);
                if (node instanceof Element child && child.getTagName().equals(name)) {
                    found.add(new Tree(child));
                }
            }
            return found;
        }
    }

    /**
     * Reads a document.
     *
     * @throws SAXException if it is not well-formed or has a document type
     */
    public static Tree read(String document) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var reader = factory.newDocumentBuilder();
            reader.setErrorHandler(new DefaultHandler());
            return new Tree(
                    reader.parse(new InputSource(new StringReader(document))).getDocumentElement());
        } catch (ParserConfigurationException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
