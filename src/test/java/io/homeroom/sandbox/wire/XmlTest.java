package io.homeroom.sandbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

@DisplayName("回调的 XML")
class XmlTest {

    @Test
    void a_text_that_ends_a_cdata_section_survives() throws SAXException {
        String document = new Xml.Builder()
                .text("Content", "a]]>b<c>&")
                .number("MsgId", 7)
                .build();

        Xml.Tree tree = Xml.read(document);

        assertThat(tree.text("Content")).isEqualTo("a]]>b<c>&");
        assertThat(tree.text("MsgId")).isEqualTo("7");
        assertThat(tree.text("Event")).isNull();
    }

    @Test
    void a_document_type_is_refused() {
        String bomb = "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><Content>&a;</Content></xml>";

        assertThatThrownBy(() -> Xml.read(bomb)).isInstanceOf(SAXException.class);
    }

    @Test
    void what_is_no_xml_is_refused() {
        assertThatThrownBy(() -> Xml.read("{}")).isInstanceOf(SAXException.class);
    }
}
