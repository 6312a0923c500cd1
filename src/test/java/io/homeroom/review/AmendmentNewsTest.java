package io.homeroom.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Covers;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Nights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnFiveRulebooks
@DisplayName("修订了规则书，谁听到：秘书处的摘要、有会员受不同对待的班主任；开始之前再说一次，撤回了也说；每人各一次")
class AmendmentNewsTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final LocalDate JUNE = LocalDate.parse("2026-06-01");
    private static final LocalDate FRIDAY = LocalDate.parse("2026-05-29");

    @Autowired
    Editions editions;

    @Autowired
    Roster roster;

    @Autowired
    Staff staff;

    @Autowired
    Covers covers;

    @Autowired
    Nights nights;

    @Autowired
    Notices notices;

    @Autowired
    Lawbook law;

    @Autowired
    BusinessClock clock;

    @Test
    @DisplayName("六月一日起涨价：次日一早各听一次，前一个工作日再听一次，前后几天不重复；没有班主任的请秘书处联系；会员不另外收到")
    void anAmendmentThatLiesAheadIsToldTwice() {
        String code = association("whjx-told");
        StaffMember zhou = teacher(code, "周敏");
        StaffMember chen = teacher(code, "陈立");
        Member first = member(code, "江城建工", zhou);
        member(code, "汉阳市政", zhou);
        member(code, "武昌机电", chen);
        member(code, "青山冶金", null);
        night(code, MONDAY);
        enact(code, AmendmentNewsTest::dearer, JUNE, "会员大会通过");
        assertThat(told(code)).as("nobody hears before the night").isEmpty();

        night(code, TUESDAY);
        in(code, () -> nights.again(code, TUESDAY));

        assertThat(told(code)).extracting(Notice::to).containsExactlyInAnyOrder("秘书处", to(zhou), to(chen));
        Notice office = to(code, "秘书处").get(0);
        assertThat(office.channel()).isEqualTo(Channel.DIGEST);
        assertThat(office.text())
                .startsWith("规则书第1号修订2026-06-01起施行，4家会受不同对待，已告诉2位班主任，没有班主任的1家请直接联系：青山冶金；改了会费〔第五条（五）〕；")
                .endsWith("test：会员大会通过")
                .doesNotContain("9,000");
        assertThat(to(code, to(zhou)))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .startsWith("周敏老师，规则书第1号修订2026-06-01起施行，改了会费")
                        .contains(
                                "你管的班里2家会受不同对待：",
                                "江城建工（2027-01-01起）：不再",
                                "¥8,000.00",
                                "改为",
                                "¥9,000.00",
                                "汉阳市政",
                                "（照上面这家的那一行）")
                        .contains("可以这样说：“您好，协会的《会籍管理制度》有修订，2026年6月1日起施行")
                        .doesNotContain("武昌机电", "青山冶金"));
        assertThat(in(
                        code,
                        () -> notices.search(
                                NoticeSearch.all().member(first.id()).about("amendment"))))
                .isEmpty();

        night(code, FRIDAY.minusDays(1));
        assertThat(told(code)).as("the day before the last working day").hasSize(3);
        night(code, FRIDAY);
        in(code, () -> nights.again(code, FRIDAY));
        assertThat(told(code)).hasSize(6);
        assertThat(to(code, "秘书处").get(1).text()).startsWith("规则书第1号修订将于2026-06-01起施行，4家");
        night(code, JUNE);
        night(code, JUNE.plusDays(1));
        assertThat(told(code)).hasSize(6);
    }

    @Test
    @DisplayName("施行前撤回：听说过的各再听一次；谁都没听说就撤回的、没有一家受不同对待的班主任，不说")
    void whatIsTakenBackIsToldToThoseWhoWereTold() {
        String code = association("whjx-back");
        StaffMember zhou = teacher(code, "周敏");
        member(code, "江城建工", zhou);
        night(code, MONDAY);
        enact(code, AmendmentNewsTest::dearer, JUNE, "写错了的");
        in(code, () -> editions.takeBack("1", "当天发现", "test").get());
        enact(code, AmendmentNewsTest::dearer, JUNE, "会员大会通过");
        enact(code, text -> text.replace("title: 会籍管理制度", "title: 新制度"), JUNE.plusDays(1), "换名");
        night(code, TUESDAY);
        assertThat(to(code, to(zhou))).hasSize(1);
        assertThat(to(code, "秘书处"))
                .extracting(Notice::text)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("规则书第3号修订2026-06-01起").contains("1家会受不同对待"),
                        two -> assertThat(two).startsWith("规则书第4号修订2026-06-02起施行，没有一家会员会受不同对待；改了标题；"));

        in(code, () -> editions.takeBack("3", "会员大会没有通过", "test").get());
        night(code, TUESDAY.plusDays(1));
        in(code, () -> nights.again(code, TUESDAY.plusDays(1)));

        assertThat(to(code, to(zhou))).hasSize(2);
        assertThat(to(code, to(zhou)).get(1).text()).contains("规则书第3号修订撤回了，2026-06-01不再施行", "会员大会没有通过");
        assertThat(to(code, "秘书处")).hasSize(3);
        night(code, FRIDAY);
        assertThat(to(code, to(zhou))).as("it does not come").hasSize(2);
        assertThat(to(code, "秘书处"))
                .as("the last working day before the second of June is the first")
                .hasSize(3);
        night(code, JUNE);
        assertThat(to(code, "秘书处")).hasSize(4);
    }

    @Test
    @DisplayName("今天起施行的：次日说一次，不再预告；班主任请假，代班的听到两个班的，合成一条")
    void whoIsAwayIsStoodInFor() {
        String code = association("whjx-away");
        StaffMember zhou = teacher(code, "周敏");
        StaffMember chen = teacher(code, "陈立");
        member(code, "江城建工", zhou);
        member(code, "武昌机电", chen);
        night(code, MONDAY);
        in(
                code,
                () -> covers.arrange(chen.id(), zhou.id(), MONDAY, TUESDAY, "", "test")
                        .get());
        enact(code, AmendmentNewsTest::dearer, MONDAY, "今天起");
        night(code, TUESDAY);
        night(code, TUESDAY.plusDays(1));

        assertThat(told(code)).hasSize(2);
        assertThat(to(code, to(zhou)))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("2家会受不同对待", "江城建工", "武昌机电"));
    }

    @Test
    @DisplayName("规则书文件换了、重启之后：秘书处和班主任各听一次；只改了注释的不说；第一次见到的不说；换回来又说一次")
    void aReplacedFileIsNoticed() {
        String code = association("whjx-replaced");
        StaffMember zhou = teacher(code, "周敏");
        member(code, "江城建工", zhou);
        night(code, MONDAY);
        assertThat(told(code)).isEmpty();

        file(code, "# 一句注释\n" + text());
        night(code, TUESDAY);
        assertThat(told(code)).isEmpty();

        file(code, dearer(text()));
        night(code, TUESDAY.plusDays(1));
        in(code, () -> nights.again(code, TUESDAY.plusDays(1)));
        assertThat(told(code)).hasSize(2);
        assertThat(to(code, "秘书处").get(0).text()).isEqualTo("规则书文件换过了，2026-03-04起施行，1家会受不同对待，已告诉1位班主任；改了会费〔第五条（五）〕");
        assertThat(to(code, to(zhou)).get(0).text())
                .contains("江城建工", "和您单位有关的：不再有：2027年1月1日 2027年度会费¥8,000.00", "改为：2027年1月1日 2027年度会费¥9,000.00");

        file(code, text());
        night(code, TUESDAY.plusDays(2));
        assertThat(told(code)).hasSize(4);
    }

    // ---- what the stories stand on

    private String association(String code) {
        clock.restart(MONDAY.atTime(10, 0));
        file(code, text());
        return code;
    }

    private void file(String code, String text) {
        law.put(code, Rulebooks.read("whjx.yaml", text).rulebook().orElseThrow(), text);
    }

    private StaffMember teacher(String code, String name) {
        return in(
                code,
                () -> staff.add(NewStaff.teacher(code + name.hashCode(), name, code + name.hashCode(), null), "test")
                        .get());
    }

    private Member member(String code, String name, @Nullable StaffMember teacher) {
        return in(
                code,
                () -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                        .joined(LocalDate.parse("2020-03-01"))
                        .paidThrough(LocalDate.parse("2026-12-31"))
                        .teacher(teacher == null ? null : teacher.id())
                        .done()));
    }

    private Edition enact(String code, UnaryOperator<String> change, LocalDate from, String why) {
        return in(code, () -> {
            Edition base = editions.on(from);
            String text = change.apply(editions.text(base.version()).orElseThrow());
            return editions.enact(new Editions.Draft(base.version(), text, from, null), why, "test")
                    .get();
        });
    }

    private List<Notice> told(String code) {
        return in(code, () -> notices.search(NoticeSearch.all().about("amendment")));
    }

    private List<Notice> to(String code, String whom) {
        return told(code).stream().filter(notice -> notice.to().equals(whom)).toList();
    }

    private static String to(StaffMember one) {
        return one.address();
    }

    private void night(String code, LocalDate day) {
        clock.restart(day.atStartOfDay());
        assertThat(nights.catchUp(code, day).failed()).isFalse();
        clock.restart(day.atTime(10, 0));
    }

    private static String text() {
        try {
            return Files.readString(Path.of("config/rulebooks/whjx.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T in(String code, Supplier<T> work) {
        return Tenant.in(code, work);
    }

    private static String dearer(String text) {
        return text.replace("amounts: {会员: 8000}", "amounts: {会员: 9000}");
    }
}
