package io.homeroom.papers;

import io.homeroom.ground.Mask;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Contact;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.papers.RosterImport.Found;
import io.homeroom.papers.RosterImport.Sign;
import io.homeroom.rulebook.Rulebook;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a roster as people fill them in: which column is which, and everything that does not fit, cell by cell. */
final class Scribbles {

    static final String HELP = "填写说明";

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{5,18}[0-9]");
    private static final Pattern DAY =
            Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[ T]00:00(?::00)?)?");
    private static final Pattern YEAR = Pattern.compile("(\\d{4})年?度?");
    private static final int EARLIEST = 1949;

    /** The columns that are read. */
    enum Field {
        NAME("名称", 34, "单位全称，或会员本人的姓名", "单位名称", "会员名称", "姓名"),
        KIND("类别", 8, "单位或个人；空着就是单位", "会员类别"),
        GRADE("等级", 18, "协会规则里的等级；空着就是最初一级", "会员等级"),
        JOINED("入会日期", 13, "写成 2020-03-01。早于今天的，账单一次补到今年，只发一份汇总通知", "入会日"),
        PAID("会费已交到", 13, "某年的12月31日，或只写年份；空着表示入会以来都没有交过", "会费交至", "已交到"),
        CODE("统一社会信用代码", 22, "单位填18位统一社会信用代码，个人填证件号。同一个代码就是同一家", "信用代码", "证件号"),
        LIAISON("联络员", 12, "单位的联络员；个人会员空着", "联系人", "联络人"),
        LIAISON_PHONE("联络员电话", 16, "手机号或带区号的电话；个人会员填本人的电话", "联系电话", "电话", "手机"),
        REPRESENTATIVE("代表", 12, "单位在协会的代表；没有可空着", "会员代表", "授权代表"),
        REPRESENTATIVE_PHONE("代表电话", 16, "手机号或带区号的电话"),
        TEACHER("班主任", 12, "班主任的姓名或用户名，须已有账号"),
        POSTS("职务", 18, "在协会担任的职务，几个之间用顿号隔开", "协会职务"),
        ADDRESS("通讯地址", 40, "邮寄用的地址", "地址");

        private final String title;
        private final int width;
        private final String help;
        private final String others;

        Field(String title, int width, String help, String... others) {
            this.title = title;
            this.width = width;
            this.help = help;
            this.others = String.join(" ", others);
        }

        String title() {
            return title;
        }

        int width() {
            return width;
        }

        String help() {
            return help;
        }

        boolean needed() {
            return this == NAME || this == JOINED;
        }

        static @Nullable Field of(String written) {
            String bare = written.replaceAll("[\\s*＊：:]|（.*）|\\(.*\\)", "");
            return Arrays.stream(values())
                    .filter(field -> field.title.equals(bare)
                            || List.of(field.others.split(" ")).contains(bare))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final Rulebook rulebook;
    private final Map<String, Long> teachers;
    private final LocalDate today;
    private final Map<String, Integer> codes = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private String sheet = "";
    private boolean skipped;
    private Map<Field, Integer> columns = Map.of();

    Scribbles(Rulebook rulebook, Map<String, Long> teachers, LocalDate today) {
        this.rulebook = rulebook;
        this.teachers = teachers;
        this.today = today;
    }

    /** Nothing for a headline, or on a sheet that is no roster. */
    @Nullable
    Row read(Line line) {
        if (!line.sheet().equals(sheet)) {
            sheet = line.sheet();
            skipped = sheet.equals(HELP);
            return skipped ? null : headline(line);
        }
        return skipped ? null : new Row(line);
    }

    private @Nullable Row headline(Line line) {
        columns = new EnumMap<>(Field.class);
        Row faulty = new Row(line);
        List<Integer> strange = new ArrayList<>();
        for (int i = 0; i < line.cells().size(); i++) {
            if (line.cell(i).isEmpty()) {
                continue;
            }
            Field field = Field.of(line.cell(i));
            if (field == null) {
                strange.add(i);
            } else if (columns.putIfAbsent(field, i) != null) {
                faulty.fault(i, "“" + field.title() + "”这一列出现了两次，请留一列");
            }
        }
        if (columns.isEmpty()) {
            skipped = true;
            faulty.fault(0, "第一行不是表头。请用模板里的表头；不是名册的工作表请删去");
            return faulty;
        }
        for (int i : strange) {
            faulty.fault(i, "不认识的列“" + line.cell(i) + "”。请改成模板里的名称，或删去这一列");
        }
        for (Field field : Field.values()) {
            if (field.needed() && !columns.containsKey(field)) {
                faulty.fault(0, "缺少“" + field.title() + "”这一列");
            }
        }
        if (faulty.faults.isEmpty()) {
            return null;
        }
        skipped = !columns.containsKey(Field.NAME);
        return faulty;
    }

    static boolean differs(NewMember.NewContact person, List<Contact> people) {
        return people.stream()
                .noneMatch(there -> there.role() == person.role()
                        && there.name().equals(person.name())
                        && (person.phone().isEmpty() || there.phone().equals(person.phone())));
    }

    /** A row under way. */
    final class Row {

        private final Line line;
        private final List<Found> faults = new ArrayList<>();
        private final Map<Field, String> values = new EnumMap<>(Field.class);
        private final Kind kind;
        private final @Nullable LocalDate joined;
        private final @Nullable LocalDate paid;
        private @Nullable Member known;

        private Row(Line line) {
            this.line = line;
            columns.forEach((field, column) -> values.put(field, line.cell(column)));
            values.computeIfPresent(Field.CODE, (field, code) -> code.isEmpty() ? code : Uscc.normal(code));
            this.kind = columns.isEmpty() ? Kind.UNIT : kind();
            this.joined = columns.isEmpty() ? null : day(Field.JOINED);
            this.paid = columns.isEmpty() ? null : paid();
            if (!columns.isEmpty()) {
                check();
            }
        }

        String get(Field field) {
            return values.getOrDefault(field, "");
        }

        List<Found> faults() {
            return faults;
        }

        @Nullable
        Member known() {
            return known;
        }

        Found found(Sign sign, String says) {
            return new Found(sign, line.sheet(), line.number(), null, says);
        }

        private void fault(int column, String says) {
            String title = columns.entrySet().stream()
                    .filter(entry -> entry.getValue() == column)
                    .map(entry -> entry.getKey().title())
                    .findFirst()
                    .orElse("");
            faults.add(new Found(
                    Sign.REJECTED, line.sheet(), line.number(), (Line.letters(column) + " " + title).strip(), says));
        }

        private void fault(Field field, String says) {
            fault(columns.getOrDefault(field, columns.getOrDefault(Field.NAME, 0)), says);
        }

        private void check() {
            String name = get(Field.NAME);
            if (name.isEmpty()) {
                fault(Field.NAME, "请填写单位全称或姓名");
            } else if (name.length() > 120) {
                fault(Field.NAME, "最多120个字");
            }
            if (get(Field.JOINED).isEmpty()) {
                fault(Field.JOINED, "请填写，例如 2020-03-01");
            } else if (joined != null && joined.isAfter(today)) {
                fault(Field.JOINED, "不能晚于今天 " + today);
            } else if (joined != null && joined.getYear() < EARLIEST) {
                fault(Field.JOINED, "年份太早，请核对");
            }
            grade();
            code();
            phone(Field.LIAISON, Field.LIAISON_PHONE);
            phone(Field.REPRESENTATIVE, Field.REPRESENTATIVE_PHONE);
            String teacher = get(Field.TEACHER);
            if (!teacher.isEmpty() && !teachers.containsKey(teacher)) {
                fault(Field.TEACHER, "没有“" + teacher + "”这位班主任；请先建账号，或改成已有的姓名");
            }
            for (String post : posts()) {
                if (rulebook.posts().stream().noneMatch(one -> one.name().equals(post))) {
                    fault(Field.POSTS, "规则里没有“" + post + "”这个职务");
                }
            }
            if (get(Field.ADDRESS).length() > 200) {
                fault(Field.ADDRESS, "最多200个字");
            }
            if (faults.isEmpty()) {
                twice(names, name, Field.NAME, "名称");
            }
        }

        private void twice(Map<String, Integer> seen, String value, Field field, String what) {
            Integer before = value.isEmpty() ? null : seen.putIfAbsent(value, line.number());
            if (before != null) {
                fault(field, what + "和第" + before + "行相同；一家只写一行");
            }
        }

        private Kind kind() {
            String written = get(Field.KIND);
            Kind read = written.equals("个人") ? Kind.INDIVIDUAL : Kind.UNIT;
            if (!written.isEmpty() && !written.equals("个人") && !written.equals("单位")) {
                fault(Field.KIND, "只能写“单位”或“个人”");
            }
            Rulebook.KindRule rule = rulebook.kinds().get(read.code());
            if (rule != null && !rule.accepted()) {
                fault(Field.KIND, "本协会不接受这一类会员");
            }
            return read;
        }

        private List<String> grades() {
            return rulebook.grades().stream()
                    .filter(grade -> kind.code().equals(grade.kind() == null ? Kind.UNIT.code() : grade.kind()))
                    .map(Rulebook.Grade::name)
                    .toList();
        }

        private void grade() {
            String grade = get(Field.GRADE);
            if (!grade.isEmpty() && !grades().contains(grade)) {
                fault(Field.GRADE, grades().isEmpty() ? "这一类没有等级，请空着" : "只能是 " + String.join("、", grades()));
            }
        }

        private void code() {
            String code = get(Field.CODE);
            if (kind == Kind.UNIT && !code.isEmpty() && !Uscc.isValid(code)) {
                fault(Field.CODE, "不是有效的统一社会信用代码：18位，最后一位是校验码。若显示成 9.1E+17，请把这一列设成文本再填");
            } else if (code.length() > 32) {
                fault(Field.CODE, "太长，请核对");
            } else {
                twice(codes, code, Field.CODE, "代码");
            }
        }

        private void phone(Field person, Field number) {
            String name = get(person);
            String phone = get(number);
            boolean self = person == Field.LIAISON && kind == Kind.INDIVIDUAL;
            if (name.length() > 40) {
                fault(person, "最多40个字");
            }
            if (self && !name.isEmpty() && !name.equals(get(Field.NAME))) {
                fault(person, "个人会员由本人联系，请空着");
            }
            if (name.isEmpty() && !phone.isEmpty() && !self) {
                fault(person, "有电话，没有姓名");
            } else if (!name.isEmpty() && phone.isEmpty()) {
                fault(number, "请填写“" + name + "”的电话");
            } else if (!phone.isEmpty() && !PHONE.matcher(phone).matches()) {
                fault(number, "写成手机号或带区号的电话，例如 13612342001");
            }
        }

        private @Nullable LocalDate day(Field field) {
            Matcher written = DAY.matcher(get(field));
            if (get(field).isEmpty()) {
                return null;
            }
            try {
                if (written.matches()) {
                    return LocalDate.of(
                            Integer.parseInt(written.group(1)),
                            Integer.parseInt(written.group(2)),
                            Integer.parseInt(written.group(3)));
                }
            } catch (DateTimeException e) {
                fault(field, "没有“" + get(field) + "”这一天");
                return null;
            }
            fault(field, "“" + get(field) + "”不是日期；写成 2026-03-31");
            return null;
        }

        private @Nullable LocalDate paid() {
            Matcher year = YEAR.matcher(get(Field.PAID));
            LocalDate day = year.matches() ? LocalDate.of(Integer.parseInt(year.group(1)), 12, 31) : day(Field.PAID);
            if (day == null) {
                return null;
            }
            if (day.getMonthValue() != 12 || day.getDayOfMonth() != 31) {
                fault(Field.PAID, "要是某年的12月31日，或只写年份");
            } else if (day.getYear() > today.getYear() + 10 || day.getYear() < EARLIEST) {
                fault(Field.PAID, "年份不对，请核对");
            }
            return day;
        }

        private List<String> posts() {
            return Arrays.stream(get(Field.POSTS).split("[、,，;；\\s]+"))
                    .filter(post -> !post.isEmpty())
                    .toList();
        }

        @Nullable
        Long teacher() {
            return teachers.get(get(Field.TEACHER));
        }

        List<NewMember.NewContact> people(Kind of) {
            List<NewMember.NewContact> people = new ArrayList<>();
            if (of == Kind.INDIVIDUAL) {
                if (!get(Field.LIAISON_PHONE).isEmpty()) {
                    people.add(new NewMember.NewContact(Role.SELF, get(Field.NAME), get(Field.LIAISON_PHONE)));
                }
                return people;
            }
            if (!get(Field.LIAISON).isEmpty()) {
                people.add(new NewMember.NewContact(Role.LIAISON, get(Field.LIAISON), get(Field.LIAISON_PHONE)));
            }
            if (!get(Field.REPRESENTATIVE).isEmpty()) {
                people.add(new NewMember.NewContact(
                        Role.REPRESENTATIVE, get(Field.REPRESENTATIVE), get(Field.REPRESENTATIVE_PHONE)));
            }
            return people;
        }

        /** Sees that one person is named where the bylaws want one; two who are there already may stay (IGRS-18-k, DSIA-3-5). */
        void speak(List<Contact> there) {
            Refusal apart = kind == Kind.UNIT && faults.isEmpty()
                    ? rulebook.apart(get(Field.LIAISON), get(Field.REPRESENTATIVE))
                    : null;
            if (apart != null && people(kind).stream().anyMatch(person -> differs(person, there))) {
                fault(Field.REPRESENTATIVE, apart.reason() + rulebook.cite(apart.clauses()));
            } else if (rulebook.onePerson()
                    && apart == null
                    && !get(Field.LIAISON).isEmpty()
                    && !get(Field.REPRESENTATIVE).isEmpty()
                    && !get(Field.LIAISON_PHONE).equals(get(Field.REPRESENTATIVE_PHONE))) {
                fault(Field.REPRESENTATIVE_PHONE, "和联络员是同一个人，电话也要一样");
            }
        }

        /**
         * Moves the row's member to its class teacher, if there is room.
         *
         * @param sizes how many members each class teacher has; changed by the move
         * @param most how many one may have
         */
        void join(Map<Long, Integer> sizes, int most) {
            Long teacher = teacher();
            Member there = known;
            Long before = there == null ? null : there.teacherId();
            if (!faults.isEmpty() || teacher == null || teacher.equals(before)) {
                return;
            }
            if (sizes.getOrDefault(teacher, 0) >= most) {
                fault(Field.TEACHER, "一位班主任最多带" + most + "家，" + get(Field.TEACHER) + "已经满了；请换一位");
                return;
            }
            sizes.merge(teacher, 1, Integer::sum);
            if (before != null) {
                sizes.merge(before, -1, Integer::sum);
            }
        }

        /** Sets the row beside those of the roster that it may be about. */
        void meet(@Nullable Member sameCode, List<Member> sameName) {
            if (!faults.isEmpty()) {
                return;
            }
            String code = get(Field.CODE);
            List<Member> namesakes = sameName.stream()
                    .filter(one ->
                            code.isEmpty() || one.uscc() == null || one.uscc().equals(code))
                    .toList();
            if (sameCode == null && namesakes.isEmpty() && !sameName.isEmpty() && kind == Kind.UNIT) {
                fault(Field.CODE, "名册里的“" + get(Field.NAME) + "”是另一个代码；请核对，改代码在控制台里改");
                return;
            }
            if (sameCode == null && namesakes.size() > 1) {
                fault(Field.NAME, "名册里有几个“" + get(Field.NAME) + "”；请填代码以便分清");
                return;
            }
            Member there = sameCode != null ? sameCode : namesakes.isEmpty() ? null : namesakes.get(0);
            if (there == null) {
                return;
            }
            known = there;
            if (!there.belongs()) {
                fault(Field.NAME, "名册里已有，现在不是会员；重新入会请走入会申请");
            }
            if (there.kind() != kind) {
                fault(Field.KIND, "和名册不同；类别不能由导入更改");
            }
            if (!get(Field.GRADE).isEmpty() && !get(Field.GRADE).equals(there.grade())) {
                fault(Field.GRADE, "名册里是“" + there.grade() + "”；等级由办件决定，请改成一致或空着");
            }
            if (joined != null && !joined.equals(there.joinedOn())) {
                fault(Field.JOINED, "名册里是 " + there.joinedOn() + "；入会日不能由导入更改，请核对是否同一家");
            }
            if (!there.posts().containsAll(posts())) {
                fault(Field.POSTS, "名册里是“" + String.join("、", there.posts()) + "”；职务由办件决定，请改成一致或空着");
            }
        }

        /** What would change, in words; empty if the roster says the same. */
        List<String> changes(Member there, List<Contact> people) {
            Map<String, Boolean> what = new LinkedHashMap<>();
            what.put("名称改为" + get(Field.NAME), !get(Field.NAME).equals(there.name()));
            what.put("补上代码", !get(Field.CODE).isEmpty() && !get(Field.CODE).equals(there.uscc()));
            what.put(
                    "通讯地址改为" + get(Field.ADDRESS),
                    !get(Field.ADDRESS).isEmpty()
                            && !get(Field.ADDRESS).equals(there.data().get("address")));
            people(there.kind())
                    .forEach(person -> what.put(
                            person.role().word() + "改为" + person.name() + " " + Mask.phone(person.phone()),
                            differs(person, people)));
            what.put("班主任改为" + get(Field.TEACHER), teacher() != null && !Objects.equals(teacher(), there.teacherId()));
            return what.entrySet().stream()
                    .filter(Map.Entry::getValue)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        NewMember newcomer() {
            List<String> fitting = grades();
            String grade = get(Field.GRADE);
            NewMember.Draft draft = NewMember.draft(
                            get(Field.NAME), kind, grade.isEmpty() ? fitting.isEmpty() ? "" : fitting.get(0) : grade)
                    .joined(joined)
                    .paidThrough(paid)
                    .uscc(get(Field.CODE).isEmpty() ? null : get(Field.CODE))
                    .teacher(teacher())
                    .number(true)
                    .posts(posts());
            if (!get(Field.ADDRESS).isEmpty()) {
                draft.data("address", get(Field.ADDRESS));
            }
            people(kind).forEach(person -> draft.contact(person.role(), person.name(), person.phone()));
            return draft.done();
        }

        String summary() {
            return get(Field.NAME) + "，" + joined + "入会" + (paid == null ? "" : "，会费已交到" + paid.getYear() + "年");
        }
    }
}
