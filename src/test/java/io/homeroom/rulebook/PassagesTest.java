package io.homeroom.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.rulebook.Passages.Passage;
import io.homeroom.testing.ShippedRulebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("规则书的一处：是哪几行，换成别的几行，其余一个字不动")
class PassagesTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("五本规则书里每一个由规则书决定的读法：每一处都拿得出来改，没改就和原文一字不差")
    @ValueSource(strings = {"igrs", "dsia", "bacca", "aii", "whjx"})
    void everyPointingReadingCanBeEdited(String code) throws IOException {
        String text = text(code);
        Rulebook book = ShippedRulebook.of(code);
        int pointing = 0;
        for (Map.Entry<String, Rulebook.Reading> entry : book.readings().entrySet()) {
            if (entry.getValue().value() != null) {
                continue;
            }
            pointing++;
            List<String> paths = new ArrayList<>(entry.getValue().at());
            paths.add("readings/" + entry.getKey());
            List<Passage> passages = Passages.at(text, book, paths);

            assertThat(passages.stream().flatMap(one -> one.places().stream()).map(Passages.Place::path))
                    .as(entry.getKey())
                    .containsExactlyInAnyOrderElementsOf(paths);
            for (Passage passage : passages) {
                assertThat(passage.text())
                        .as(passage.places().toString())
                        .doesNotStartWith("\n")
                        .doesNotEndWith("\n");
                for (Passages.Place place : passage.places()) {
                    String key = place.path().substring(place.path().lastIndexOf('/') + 1);
                    assertThat(passage.text().contains(key) || !place.written())
                            .as(place.path())
                            .isTrue();
                    assertThat(place.written()
                                    || Pointer.written(book, place.path()).isEmpty())
                            .as(place.path())
                            .isTrue();
                }
            }
            List<String> same = passages.stream()
                    .map(one -> one.text().replace("\n", "\r\n") + "\r\n")
                    .toList();
            assertThat(Passages.splice(text, passages, same)).isEqualTo(text);
        }
        assertThat(pointing).isGreaterThan(15);
        assertThat(Passages.plain(text)).isEqualTo(text);
        assertThat(Rulebooks.read(code, text).faults()).isEmpty();
    }

    @Test
    @DisplayName("一处是哪几行：键从自己那一行起，列表项只有自己，注释和空行留在外面；挨着的并成一段")
    void theLinesOfAPlace() throws IOException {
        String text = text("igrs");
        Rulebook book = ShippedRulebook.of("igrs");

        assertThat(only(text, book, "cases/admission/stages/核心会员大会/counted"))
                .isEqualTo("        counted: {base: present, share: {numerator: 2, denominator: 3}, exact: 秘书处, cite:"
                        + " [IGRS-18-e, IGRS-18-f]}");
        assertThat(only(text, book, "readings/core-cap"))
                .startsWith("  core-cap:\n    at: grades/核心会员/cap\n")
                .contains("otherwise: ")
                .hasLineCount(5);
        assertThat(Passages.at(text, book, List.of("cases/admission/due", "cases/admission")))
                .singleElement()
                .satisfies(passage -> assertThat(passage.places()).hasSize(2));
    }

    @Test
    @DisplayName("没有写的：就在它该在的那一段里加；整本都没有的加在最后；引用别处的，改的是自己这一行")
    void whatIsNotWrittenIsAddedWhereItBelongs() throws IOException {
        String text = text("igrs");
        Rulebook book = ShippedRulebook.of("igrs");
        Passage quorum =
                Passages.at(text, book, List.of("bodies/核心会员大会/quorum")).get(0);
        assertThat(quorum.places()).containsExactly(new Passages.Place("bodies/核心会员大会/quorum", false, false));
        assertThat(quorum.text()).startsWith("  核心会员大会:");

        Passage missing = Passages.at(text, book, List.of("candidates")).get(0);
        assertThat(missing.text()).isEmpty();
        assertThat(Passages.splice(text, List.of(missing), List.of("candidates: []")))
                .isEqualTo(text + "candidates: []\n");

        String shared = text("aii");
        Passage counted = Passages.at(
                        shared, ShippedRulebook.of("aii"), List.of("cases/resolution/matters/AII-30/会员大会/counted"))
                .get(0);
        assertThat(counted.text()).contains("AII-30: ").contains("*assembly");
    }

    @Test
    @DisplayName("换一段：前后各段的位置不乱，注释照旧；换行写法统一；施行日只改那一个值")
    void othersKeepTheirPlace() throws IOException {
        String text = text("igrs");
        Rulebook book = ShippedRulebook.of("igrs");
        List<Passage> passages = Passages.at(
                text, book, book.readings().get("exactly-two-thirds").at());
        assertThat(passages).hasSize(3);
        List<String> inclusive = passages.stream()
                .map(one -> one.text()
                        .replace("denominator: 3}, exact: 秘书处", "denominator: 3,\r\n          inclusive: true}"))
                .toList();
        String amended = Passages.splice(text, passages, inclusive);

        assertThat(LineChanges.between(text, amended)).hasSize(9);
        assertThat(LineChanges.between(text, amended).get(0))
                .isEqualTo(new LineChanges.Change(
                        false, passages.get(0).first(), passages.get(0).text()));
        assertThat(LineChanges.between(text, text)).isEmpty();
        String dated = Passages.dated(amended, LocalDate.parse("2027-03-01"));
        Rulebook fresh = Rulebooks.read("igrs", dated).orThrow();
        assertThat(fresh.edition().from()).isEqualTo("2027-03-01");
        assertThat(fresh.cases().get("upgrade").stages().get(1).counted())
                .satisfies(vote -> assertThat(vote.share().inclusive()).isTrue());
        assertThat(Passages.plain("\uFEFFa: 1\r\nb: 2\u2028c: 3\r\n\r\n")).isEqualTo("a: 1\nb: 2\nc: 3\n");
        assertThat(Passages.dated("edition: [", LocalDate.parse("2027-03-01"))).isEqualTo("edition: [");
    }

    private static String only(String text, Rulebook book, String path) {
        List<Passage> passages = Passages.at(text, book, List.of(path));
        assertThat(passages).hasSize(1);
        return passages.get(0).text();
    }

    private static String text(String code) throws IOException {
        return Files.readString(Path.of("config/rulebooks", code + ".yaml"));
    }
}
