package io.homeroom.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.OnFiveRulebooks;
import io.homeroom.desk.Audit;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.notice.Notice;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.papers.RosterImport.Found;
import io.homeroom.papers.RosterImport.Result;
import io.homeroom.papers.RosterImport.Sign;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnFiveRulebooks
@DisplayName("导入名册：先看清楚，要么全进，要么不进，再来一次也不多一家")
class RosterImportTest {

    private static final List<String> HEAD = List.of("名称*", "等级", "入会日期", "会费已交到", "信用代码", "联络员", "电话", "班主任", "地址");

    @Autowired
    private RosterImport imports;

    @Autowired
    private Sheets sheets;

    @Autowired
    private Roster roster;

    @Autowired
    private Contacts contacts;

    @Autowired
    private Bills bills;

    @Autowired
    private Notices notices;

    @Autowired
    private Staff staff;

    @Autowired
    private Audit audit;

    @Autowired
    private Lawbook law;

    @Autowired
    private BusinessClock clock;

    private final List<Found> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        clock.restart(LocalDateTime.parse("2026-05-20T12:00"));
        Tenant.in("whjx", () -> {
            if (staff.byUsername("zhoumin").isEmpty()) {
                staff.add(
                        new NewStaff(
                                "zhoumin",
                                "周敏",
                                "a-long-password",
                                null,
                                "13612342001",
                                Set.of(Role.TEACHER),
                                Set.of()),
                        "admin");
            }
            return null;
        });
    }

    @Test
    @DisplayName("试算什么也不留下；导入后账单从已交到的次年补齐，只发一份汇总；再导入一次不变")
    void looked_at_then_entered_then_entered_again() throws Exception {
        byte[] file = book(
                row("江城建工集团", "会员", "2020-03-01", "2024", "91420100MA4KXT4Y0T", "李雷", "13612340001", "周敏", "汉口路1号"),
                row("海川装饰", "", LocalDate.of(2026, 1, 5), null, null, null, null, null, null));

        Result look = whjx(file, false);
        assertThat(look).isEqualTo(new Result(2, 0, 0, 0, false));
        assertThat(named("江城建工集团")).isEmpty();

        assertThat(whjx(file, true)).isEqualTo(new Result(2, 0, 0, 0, true));
        Member member = named("江城建工集团").get(0);
        Tenant.in("whjx", () -> {
            assertThat(member.joinedOn()).isEqualTo("2020-03-01");
            assertThat(member.data()).containsEntry("address", "汉口路1号");
            assertThat(member.teacherId())
                    .isEqualTo(staff.byUsername("zhoumin").orElseThrow().id());
            assertThat(contacts.toNotify(member.id()).orElseThrow().phone()).isEqualTo("13612340001");
            assertThat(bills.of(member.id())).extracting(bill -> bill.year()).containsExactly(2025, 2026);
            assertThat(bills.owed(member.id())).isGreaterThan(Money.ZERO);
            assertThat(notices.search(NoticeSearch.all().member(member.id())))
                    .extracting(Notice::about)
                    .containsExactly("bill");
            assertThat(audit.lines(member.id(), 0, 10))
                    .extracting(line -> line.act())
                    .contains("member-entered");
            return null;
        });

        told.clear();
        assertThat(whjx(file, true)).isEqualTo(new Result(0, 0, 2, 0, false));
        assertThat(told).isEmpty();
        assertThat(named("海川装饰")).hasSize(1);

        byte[] later = book(
                row("江城建工集团有限公司", "", "2020-03-01", "2024", "91420100MA4KXT4Y0T", "韩梅", "13612340002", "", "汉口路2号"));
        told.clear();
        assertThat(whjx(later, true)).isEqualTo(new Result(0, 1, 0, 0, true));
        assertThat(told)
                .singleElement()
                .satisfies(found ->
                        assertThat(found.says()).contains("名称改为江城建工集团有限公司", "联络员改为韩梅 136****0002", "通讯地址改为汉口路2号"));
        Tenant.in("whjx", () -> {
            assertThat(roster.get(member.id()).name()).isEqualTo("江城建工集团有限公司");
            assertThat(contacts.toNotify(member.id()).orElseThrow().name()).isEqualTo("韩梅");
            assertThat(bills.of(member.id())).hasSize(2);
            return null;
        });
    }

    @Test
    @DisplayName("每一处不对都指到工作表、行、列，说怎么改；好的行也不进")
    void every_fault_is_named_and_nothing_is_entered() throws Exception {
        byte[] file = book(
                row("好好的一家", "会员", "2021-06-01", "", "", "", "", "", ""),
                row("", "", "2020-01-01", "", "", "", "", "", ""),
                row("甲公司", "理事", "2026-05-21", "2024-06-30", "914201000000000000", "王五", "", "赵钱孙", ""),
                row("乙公司", "", "去年", "二〇二四", "", "", "13612340003", "", ""),
                row("丙公司", "", "2020-02-30", "", "91420100MA4KXT4Y0T", "钱六", "电话不详", "", ""),
                row("好好的一家", "", "2021-06-01", "", "", "", "", "", ""));

        Result result = whjx(file, true);

        assertThat(result).isEqualTo(new Result(1, 0, 0, 5, false));
        assertThat(told.stream().filter(found -> found.sign() == Sign.REJECTED))
                .allSatisfy(found -> assertThat(found.sheet()).isEqualTo("会员"))
                .extracting(found -> found.row() + " " + found.column() + "：" + found.says())
                .anyMatch(line -> line.startsWith("3 A 名称：请填写"))
                .anyMatch(line -> line.startsWith("4 B 等级：只能是 会员"))
                .anyMatch(line -> line.startsWith("4 C 入会日期：不能晚于今天"))
                .anyMatch(line -> line.startsWith("4 D 会费已交到：要是某年的12月31日"))
                .anyMatch(line -> line.startsWith("4 E 统一社会信用代码：不是有效的"))
                .anyMatch(line -> line.startsWith("4 G 联络员电话：请填写“王五”的电话"))
                .anyMatch(line -> line.startsWith("4 H 班主任：没有“赵钱孙”这位班主任"))
                .anyMatch(line -> line.startsWith("5 C 入会日期：“去年”不是日期"))
                .anyMatch(line -> line.startsWith("5 D 会费已交到：“二〇二四”不是日期"))
                .anyMatch(line -> line.startsWith("5 F 联络员：有电话，没有姓名"))
                .anyMatch(line -> line.startsWith("6 C 入会日期：没有“2020-02-30”这一天"))
                .anyMatch(line -> line.startsWith("6 G 联络员电话：写成手机号"))
                .anyMatch(line -> line.startsWith("7 A 名称：名称和第2行相同"));
        assertThat(named("好好的一家")).isEmpty();
    }

    @Test
    @DisplayName("WHJX-7 读作一位班主任只管一家：装不下的那一行指出来，一家也不进；试算和导入说的一样")
    void a_full_class_takes_no_more() throws Exception {
        Tenant.in("whjx", () -> staff.add(NewStaff.teacher("qianban", "钱班", "qianban", "13612342002"), "admin"));
        Rulebook shipped = law.of("whjx", clock.today());
        law.put("whjx", Lawbook.withSettings(shipped, Map.of(), Map.of("members-per-teacher", "1")));
        try {
            byte[] both = book(
                    row("满一家", "", "2021-06-01", "2026", "", "", "", "钱班", ""),
                    row("满二家", "", "2021-06-01", "2026", "", "", "", "钱班", ""));
            for (boolean enter : List.of(false, true)) {
                told.clear();
                assertThat(whjx(both, enter)).isEqualTo(new Result(1, 0, 0, 1, false));
                assertThat(told).anySatisfy(found -> {
                    assertThat(found.row()).isEqualTo(3);
                    assertThat(found.says()).contains("最多带1家", "钱班已经满了", "换一位");
                });
            }
            assertThat(named("满一家")).isEmpty();

            byte[] one = book(row("满一家", "", "2021-06-01", "2026", "", "", "", "钱班", ""));
            assertThat(whjx(one, true)).isEqualTo(new Result(1, 0, 0, 0, true));
            // The one that it has already is no news.
            assertThat(whjx(one, true)).isEqualTo(new Result(0, 0, 1, 0, false));
            assertThat(whjx(book(row("满二家", "", "2021-06-01", "2026", "", "", "", "钱班", "")), false)
                            .rejected())
                    .isEqualTo(1);
        } finally {
            law.put("whjx", shipped);
        }
    }

    @Test
    @DisplayName("DSIA-3-5 读作联络员就是代表人：写两个人的那一行指出来，写一个就是两个；先前登记的两个人原样再导入不算错，也不动")
    void one_person_is_named_where_the_bylaws_want_one() throws Exception {
        List<String> head = List.of("名称", "入会日期", "会费已交到", "联络员", "联络员电话", "代表", "代表电话");
        byte[] two = book(head, List.of(row("双人软件", "2021-06-01", "2026", "李雷", "13612340001", "韩梅", "13612340009")));
        Rulebook shipped = law.of("dsia", clock.today());
        assertThat(in("dsia", two, true).added()).isEqualTo(1);
        law.put("dsia", Lawbook.withSettings(shipped, Map.of(), Map.of("two-roles", "same")));
        try {
            assertThat(in("dsia", two, true)).isEqualTo(new Result(0, 0, 1, 0, false));
            byte[] others = book(
                    head,
                    List.of(
                            row("双人软件", "2021-06-01", "2026", "李雷", "13612340001", "王五", "13612340005"),
                            row("新双软件", "2021-06-01", "2026", "李雷", "13612340001", "韩梅", "13612340009"),
                            row("异号软件", "2021-06-01", "2026", "李雷", "13612340001", "李雷", "13612340009"),
                            row("单人软件", "2021-06-01", "2026", "李雷", "13612340001", "", "")));
            told.clear();
            assertThat(in("dsia", others, true)).isEqualTo(new Result(1, 0, 0, 3, false));
            assertThat(told)
                    .filteredOn(found -> found.sign() == Sign.REJECTED)
                    .satisfiesExactly(
                            found -> assertThat(found.says()).contains("李雷和王五两位", "第三条", "请定一位"),
                            found -> assertThat(found.says()).contains("李雷和韩梅两位"),
                            found -> assertThat(found.says()).contains("电话也要一样"));

            byte[] one = book(head, List.of(row("单人软件", "2021-06-01", "2026", "", "", "李雷", "13612340001")));
            assertThat(in("dsia", one, true).added()).isEqualTo(1);
            byte[] other = book(head, List.of(row("双人软件", "2021-06-01", "2026", "韩梅", "13612340009", "", "")));
            assertThat(in("dsia", other, true).changed()).isEqualTo(1);
            Tenant.in("dsia", () -> {
                for (String name : List.of("单人软件", "双人软件")) {
                    long member = roster.known(List.of(), List.of(name)).get(0).id();
                    assertThat(contacts.of(member))
                            .extracting(io.homeroom.member.Contact::name)
                            .containsExactlyElementsOf(name.equals("单人软件") ? List.of("李雷", "李雷") : List.of("韩梅", "韩梅"));
                }
                return null;
            });
        } finally {
            law.put("dsia", shipped);
        }
    }

    @Test
    @DisplayName("等级、入会日由规则和办件决定，文件改不了；同名不同代码不会混成一家")
    void what_the_bylaws_decide_is_not_changed_by_a_file() throws Exception {
        whjx(book(row("丁建设", "", "2019-01-01", "2026", "91110000600007351E", "", "", "", "")), true);
        told.clear();

        Result result = whjx(
                book(
                        row("丁建设", "", "2018-01-01", "", "", "", "", "", ""),
                        row("丁建设 ", "", "2019-01-01", "", "91420100MA4KXT4Y0T", "", "", "", "")),
                true);

        assertThat(result.rejected()).isEqualTo(2);
        assertThat(told).extracting(Found::says).anyMatch(s -> s.startsWith("名册里是 2019-01-01"));
        assertThat(told).extracting(Found::says).anyMatch(s -> s.contains("名称和第2行相同") || s.contains("另一个代码"));
    }

    @Test
    @DisplayName("没有表头、不认识的列、空表，都说清楚")
    void a_table_that_is_no_roster_is_explained() throws Exception {
        assertThat(run(book(List.of("随便", "写写"), List.of(List.of("a", "b")))).rejected())
                .isEqualTo(1);
        assertThat(told.get(0).says()).contains("第一行不是表头");
        told.clear();
        run(book(List.of("名称", "入会日期", "开户行"), List.of(List.of("甲", "2020-01-01", "x"))));
        assertThat(told.get(0)).satisfies(found -> {
            assertThat(found.column()).isEqualTo("C");
            assertThat(found.says()).contains("不认识的列“开户行”");
        });
        told.clear();
        assertThat(run(book(HEAD, List.of())).rejected()).isEqualTo(1);
        assertThat(told.get(0).says()).contains("表里没有会员");
        assertThatThrownBy(() -> run(new byte[] {1, 2, 3})).isInstanceOf(Unreadable.class);
    }

    @Test
    @DisplayName("模板自己说明怎么填，填上就能导入")
    void the_template_fits_the_import() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tenant.in("whjx", () -> {
            try {
                imports.template(out);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return null;
        });
        List<Line> lines = new ArrayList<>();
        sheets.read(new ByteArrayInputStream(out.toByteArray()), lines::add);
        assertThat(lines.get(0).cells()).contains("名称", "入会日期", "会费已交到", "统一社会信用代码", "班主任");
        assertThat(lines).extracting(Line::sheet).contains("填写说明");
        assertThat(run(out.toByteArray())).isEqualTo(new Result(0, 0, 0, 1, false));
        assertThat(told)
                .singleElement()
                .satisfies(found -> assertThat(found.says()).contains("表里没有会员"));
    }

    @Test
    @DisplayName("上千行分段进去，一家不少")
    void thousands_of_rows_go_in_by_stretches() throws Exception {
        List<List<?>> rows = new ArrayList<>();
        IntStream.rangeClosed(1, 1100)
                .forEach(i -> rows.add(Arrays.asList("千行" + i + "公司", "2026-0" + (1 + i % 5) + "-01", "2026")));
        byte[] file = book(List.of("名称", "入会日期", "会费已交到"), rows);

        assertThat(whjx(file, true)).isEqualTo(new Result(1100, 0, 0, 0, true));

        long found = Tenant.in(
                "whjx",
                () -> roster.search(new Search("千行1099", null, null, null, 0, 10))
                        .items()
                        .size());
        assertThat(found).isEqualTo(1);
        assertThat(whjx(file, true).same()).isEqualTo(1100);
    }

    private List<Member> named(String name) {
        return Tenant.in("whjx", () -> roster.known(List.of(), List.of(name)));
    }

    private Result run(byte[] file) throws Exception {
        return whjx(file, false);
    }

    private Result whjx(byte[] file, boolean enter) throws Exception {
        return in("whjx", file, enter);
    }

    private Result in(String association, byte[] file, boolean enter) throws Exception {
        Exception[] failed = {null};
        Result result = Tenant.in(association, () -> {
            try {
                return enter
                        ? imports.enter(new ByteArrayInputStream(file), "admin", told::add)
                        : imports.look(new ByteArrayInputStream(file), told::add);
            } catch (Unreadable | IOException e) {
                failed[0] = e;
                return new Result(0, 0, 0, 0, false);
            }
        });
        if (failed[0] != null) {
            throw failed[0];
        }
        return result;
    }

    private static List<?> row(Object... cells) {
        return Arrays.asList(cells);
    }

    private byte[] book(List<?>... rows) throws IOException {
        return book(HEAD, List.of(rows));
    }

    private byte[] book(List<String> head, List<? extends List<?>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sheets.write(
                out,
                List.of(new Table(
                        "会员",
                        head.stream().map(title -> Table.Column.of(title, 12)).toList(),
                        rows)));
        return out.toByteArray();
    }
}
