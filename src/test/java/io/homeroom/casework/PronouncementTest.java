package io.homeroom.casework;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnFiveRulebooks
@DisplayName("处理和终止只告诉会员一次，说全：谁、哪天、终止什么、还剩什么、怎样申诉到哪天")
class PronouncementTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    @Autowired
    Cases cases;

    @Autowired
    Roster roster;

    @Autowired
    Notices notices;

    @Autowired
    Tasks tasks;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    @Test
    @DisplayName("京二协除名：理事会哪天决定、会籍终止、没有欠费；章程没有申诉，说向谁问")
    void anExpulsionIsToldWhole() {
        Member member = member("bacca-told", ShippedRulebook.of("bacca"), "会员单位", "2026-12-31");

        assertThat(told("bacca-told", member, "expulsion", "BACCA-37-1", Map.of(), "理事会"))
                .singleElement()
                .asString()
                .isEqualTo("除名已生效。理事会2026年3月2日决定，会籍自2026年3月2日起终止，会员的权利和职务随之终止。没有未交的费用。规则没有另设申诉，有异议请回复「人工」");
    }

    @Test
    @DisplayName("武汉退会：可以申诉、可以恢复，各到哪天；申诉读作三十天内的，写明最后一天")
    void whatMayBeDoneAgainstIt() {
        Rulebook shipped = ShippedRulebook.of("whjx");
        Member open = member("whjx-told", shipped, "会员", "2026-12-31");
        Member within = member(
                "whjx-thirty",
                Lawbook.withSettings(shipped, Map.of(), Map.of("appeal-within", "30")),
                "会员",
                "2026-12-31");

        assertThat(confirmedAfterRefusal("whjx-told", open))
                .contains("没有未交的费用。不服的，回复「申诉」提出，规则没有写期限；以后要恢复，回复「恢复会籍」提出，规则没有写期限");
        assertThat(confirmedAfterRefusal("whjx-thirty", within)).contains("不服的，回复「申诉」提出，最迟在2026年4月1日；");
    }

    @Test
    @DisplayName("闪联警告：说是什么处理、从哪天起，会籍不说终止")
    void lesserThingsSayWhatTheyAre() {
        Member warned = member("igrs-told", ShippedRulebook.of("igrs"), "推广会员", "2026-12-31");
        assertThat(told("igrs-told", warned, "sanction", "IGRS-22-a", Map.of("to", "警告"), "核心会员大会"))
                .singleElement()
                .asString()
                .contains("处理已生效。核心会员大会2026年3月2日决定，警告，自2026年3月2日起")
                .doesNotContain("终止");
    }

    /** The letter is posted, the member refuses, and the council confirms, all on one day. */
    private String confirmedAfterRefusal(String code, Member member) {
        return in(code, () -> {
            CaseView exit = cases.open(new Opening(
                            "exit", member.id(), "", "会籍管理部", List.of("WHJX-12-1"), List.of(), Map.of(), List.of()))
                    .get();
            Task letter = tasks.open(
                    NewTask.of("letter", "会籍管理部", "寄告知书").about(member.id()).of(exit.id()));
            tasks.done(letter.id(), List.of("寄送凭证"), "test").get();
            cases.answer(exit.id(), "refuse", "test").get();
            cases.decide(exit.id(), Decision.of("理事会", "approve", null, "test")).get();
            List<String> told = decisions(member);
            return told.get(0);
        });
    }

    private Member member(String code, Rulebook book, String grade, String paidThrough) {
        clock.restart(MONDAY.atTime(10, 0));
        law.put(code, book);
        return in(
                code,
                () -> roster.enter(NewMember.draft("江城公司", Kind.UNIT, grade)
                        .joined(LocalDate.parse("2020-03-01"))
                        .paidThrough(LocalDate.parse(paidThrough))
                        .done()));
    }

    private List<String> told(
            String code, Member member, String type, String ground, Map<String, String> data, String by) {
        return in(code, () -> {
            CaseView opened = cases.open(
                            new Opening(type, member.id(), "", "秘书处", List.of(ground), List.of(), data, List.of()))
                    .get();
            cases.decide(opened.id(), Decision.of(by, "approve", null, "test")).get();
            return decisions(member);
        });
    }

    private List<String> decisions(Member member) {
        return notices.search(NoticeSearch.all().member(member.id()).about("decision")).stream()
                .map(Notice::text)
                .toList();
    }

    private static <T> T in(String code, Supplier<T> work) {
        return Tenant.in(code, work);
    }
}
