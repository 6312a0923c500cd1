package io.homeroom.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Uscc;
import io.homeroom.member.EndedAs;
import io.homeroom.member.NewMember;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("沙盒的名册")
class DemoRosterTest {

    private static final int YEAR = 2026;

    private static Rulebook book(Cast cast) {
        String file = cast.code() + ".yaml";
        try {
            return Rulebooks.read(file, Files.readString(Path.of("config/rulebooks", file)))
                    .orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<NewMember> roster(Cast cast) {
        List<StaffMember> teachers = LongStream.rangeClosed(1, 3)
                .mapToObj(id ->
                        new StaffMember(id, "teacher" + id, "班", null, null, Set.of(Role.TEACHER), Set.of(), true))
                .toList();
        return DemoRoster.members(cast, book(cast), DemoRoster.names(cast), teachers, YEAR);
    }

    private static void some(Cast cast, List<NewMember> members, String what, Predicate<NewMember> state) {
        assertThat(members).as(cast.code() + ": " + what).anyMatch(state);
    }

    @Test
    @DisplayName("同一种子，名册一模一样；五个协会约二百家，名称和信用代码不重复，等级都是规则书里的")
    void theSameSeedMakesTheSameRoster() {
        Set<String> names = new HashSet<>();
        Set<String> codes = new HashSet<>();
        int all = 0;
        for (Cast cast : Cast.ALL) {
            List<NewMember> members = roster(cast);
            assertThat(roster(cast)).isEqualTo(members).hasSize(cast.members());
            for (NewMember member : members) {
                assertThat(names.add(member.name())).as(member.name()).isTrue();
                String code = Objects.requireNonNull(member.uscc());
                assertThat(codes.add(code)).as(code).isTrue();
                assertThat(Uscc.check(code.substring(0, 17))).isEqualTo(code.charAt(17));
                assertThat(book(cast).grades())
                        .extracting(grade -> grade.name())
                        .contains(member.grade());
                // No operator gives out such numbers.
                assertThat(member.contacts())
                        .isNotEmpty()
                        .allMatch(contact -> contact.phone().matches("1000\\d{7}"));
            }
            all += members.size();
        }
        assertThat(Cast.ALL).hasSize(5);
        assertThat(all).isBetween(190, 215);
    }

    @Test
    @DisplayName("每个协会都有：已缴的、未缴的、欠一年和两年的、退会的、没有班主任的、没有联络员的；有中止的协会还有中止的")
    void everyAssociationHasItsInterestingStates() {
        for (Cast cast : Cast.ALL) {
            List<NewMember> members = roster(cast);
            for (int year = YEAR - 3; year <= YEAR; year++) {
                LocalDate end = LocalDate.of(year, 12, 31);
                some(cast, members, "paid through " + end, member -> end.equals(member.paidThrough()));
            }
            some(
                    cast,
                    members,
                    "withdrawn",
                    member -> member.endedAs() == EndedAs.WITHDRAWN
                            && LocalDate.of(YEAR - 1, 6, 30).equals(member.endedOn()));
            some(cast, members, "no class teacher", member -> member.teacherId() == null && member.endedOn() == null);
            some(
                    cast,
                    members,
                    "no liaison",
                    member -> member.contacts().stream()
                            .noneMatch(contact -> contact.role() == io.homeroom.member.Role.LIAISON));
            assertThat(members.stream().anyMatch(member -> member.suspended() != null))
                    .as(cast.code() + ": suspended")
                    .isEqualTo(book(cast).cases().containsKey("suspension"));
            assertThat(members.stream()
                            .map(NewMember::teacherId)
                            .filter(Objects::nonNull)
                            .distinct())
                    .as(cast.code() + ": classes")
                    .hasSize(3);
            assertThat(members.stream()
                            .map(NewMember::branch)
                            .filter(Objects::nonNull)
                            .distinct())
                    .as(cast.code() + ": branches")
                    .containsExactlyInAnyOrderElementsOf(cast.branches());
            assertThat(cast.branches().isEmpty()).isEqualTo(!book(cast).hasBranches());
            cast.grades()
                    .forEach((grade, many) -> assertThat(members.stream()
                                    .filter(member -> member.grade().equals(grade)))
                            .as(cast.code() + ": " + grade)
                            .hasSizeGreaterThanOrEqualTo(many));
        }
    }
}
