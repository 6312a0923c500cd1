package io.homeroom.casework;

import io.homeroom.ground.Money;
import io.homeroom.member.Kind;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an association asks of somebody who wants to join: no more than its rulebook has a use for.
 *
 * @param kinds who may apply at all
 * @param kind whom these questions are for
 * @param requirements what the applicant must be
 * @param fields what is asked, in order
 * @param papers what must be handed in
 * @param notes what the applicant should know: the grade it begins with, the fee
 */
public record Questionnaire(
        List<Kind> kinds,
        Kind kind,
        List<Line> requirements,
        List<Field> fields,
        List<Track.Document> papers,
        List<Line> notes) {

    static final String KIND = "kind";
    static final String NAME = "name";
    static final String CODE = "uscc";
    static final String GRADE = "grade";
    static final String POST = "post";
    static final String EMPLOYER = "employer";
    static final String BRANCH_OF = "branch-of";
    static final String REPRESENTATIVE = "representative";
    static final String REPRESENTATIVE_PHONE = "representative-phone";
    static final String LIAISON = "liaison";
    static final String LIAISON_PHONE = "liaison-phone";
    static final String PHONE = "phone";
    static final String DECLARED = "declared";

    /** In which field an applicant states the fact that a check is about. */
    static final Map<Rulebook.CheckOn, String> STATED = Map.of(
            Rulebook.CheckOn.NO_VISIT, "visited",
            Rulebook.CheckOn.NO_REPRESENTATIVE, REPRESENTATIVE,
            Rulebook.CheckOn.NO_POLITICAL_RIGHTS, "political-rights",
            Rulebook.CheckOn.ORGAN, "organ",
            Rulebook.CheckOn.REGION_NOT, "region",
            Rulebook.CheckOn.PENALTY_WITHIN, "penalty",
            Rulebook.CheckOn.EMPLOYER_IS_MEMBER, EMPLOYER,
            Rulebook.CheckOn.DEPENDENT_BRANCH, BRANCH_OF);

    /** How a field is filled in. */
    public enum Input {
        TEXT,
        CODE,
        IDENTITY,
        PHONE,
        DATE,
        YES_NO,
        CHOICE
    }

    /** A sentence with its clauses. */
    public record Line(String says, List<String> cite) {}

    /**
     * A question.
     *
     * @param key under which the answer is kept
     * @param hint what is meant, shown while it is empty
     * @param options among which to choose
     */
    public record Field(
            String key,
            String label,
            Input input,
            String hint,
            List<String> options,
            boolean required,
            List<String> cite) {

        private static Field of(
                String key, String label, Input input, String hint, boolean required, List<String> cite) {
            return new Field(key, label, input, hint, List.of(), required, cite);
        }
    }

    static Questionnaire of(Rulebook law, @Nullable Kind wanted, LocalDate today) {
        List<Kind> kinds = List.of(Kind.UNIT, Kind.INDIVIDUAL).stream()
                .filter(kind -> {
                    Rulebook.KindRule rule = law.kinds().get(kind.code());
                    return rule != null && rule.accepted();
                })
                .toList();
        Kind kind = wanted != null && kinds.contains(wanted) ? wanted : kinds.get(0);
        Track track = law.cases().get("admission");
        List<Track.Document> papers = track == null
                ? List.of()
                : track.documents().stream()
                        .filter(document -> fits(document.kind(), kind))
                        .toList();
        return new Questionnaire(
                kinds,
                kind,
                law.requirements().stream()
                        .filter(wish -> fits(wish.kind(), kind))
                        .map(wish -> new Line(wish.says(), wish.cite()))
                        .toList(),
                fields(law, kind, papers),
                papers,
                notes(law, kind, today));
    }

    private static boolean fits(@Nullable String code, Kind kind) {
        return code == null || code.equals(kind.code());
    }

    private static List<Field> fields(Rulebook law, Kind kind, List<Track.Document> papers) {
        boolean unit = kind == Kind.UNIT;
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of(NAME, unit ? "单位全称" : "姓名", Input.TEXT, unit ? "与营业执照一致" : "与证件一致", true, List.of()));
        if (unit) {
            fields.add(Field.of(CODE, "信用代码", Input.CODE, "18位统一社会信用代码", true, List.of()));
        } else {
            papers.stream()
                    .filter(paper -> paper.name().contains("身份证"))
                    .findFirst()
                    .ifPresent(paper -> fields.add(Field.of(CODE, "身份证号", Input.IDENTITY, "18位", true, paper.cite())));
        }
        String own = (unit ? Kind.UNIT : Kind.INDIVIDUAL).code();
        for (Rulebook.Check check : law.apply()) {
            Field field = check.kind() == null || check.kind().equals(own) ? asked(law, check, unit) : null;
            if (field != null) {
                fields.add(field);
            }
        }
        List<String> grades =
                offered(law, kind).stream().map(Rulebook.Grade::name).toList();
        if (grades.size() > 1) {
            boolean choose = grades(law, kind).size() > 1;
            String hint = choose ? "" : "以前是会员的，可以申请退出之前的级别；不填即" + grades.get(0);
            fields.add(new Field(GRADE, "申请级别", Input.CHOICE, hint, grades, choose, law.entry()));
        }
        List<String> posts = law.posts().stream()
                .filter(Rulebook.Post::wish)
                .map(Rulebook.Post::name)
                .toList();
        if (!posts.isEmpty()) {
            fields.add(new Field(POST, "意向职务", Input.CHOICE, "不填即不申请", posts, false, law.entry()));
        }
        people(law, unit, fields);
        return List.copyOf(fields);
    }

    private static void people(Rulebook law, boolean unit, List<Field> fields) {
        if (!unit) {
            fields.add(Field.of(PHONE, "手机", Input.PHONE, "办理进度发到这里", true, List.of()));
            return;
        }
        Rulebook.Check named = law.apply().stream()
                .filter(check -> check.on() == Rulebook.CheckOn.NO_REPRESENTATIVE)
                .findFirst()
                .orElse(null);
        Rulebook.Change change = law.changes().get(REPRESENTATIVE);
        boolean one = law.onePerson();
        if (!one && (named != null || change != null)) {
            List<String> why = named != null ? named.cite() : change == null ? List.of() : change.cite();
            fields.add(Field.of(REPRESENTATIVE, "代表人", Input.TEXT, "代表单位的人", named != null, why));
            fields.add(Field.of(REPRESENTATIVE_PHONE, "代表人手机", Input.PHONE, "可与联络员相同", false, List.of()));
        }
        Rulebook.Person liaison = law.liaison();
        List<String> cite = liaison == null ? List.of() : liaison.cite();
        fields.add(Field.of(
                LIAISON,
                one ? "联络员兼代表人" : "联络员",
                Input.TEXT,
                one ? "两个角色须是同一个人" : "一般就是填表的你",
                true,
                one ? law.grounds("two-roles") : cite));
        fields.add(Field.of(LIAISON_PHONE, "联络员手机", Input.PHONE, "办理进度找得到你", true, List.of()));
    }

    private static @Nullable Field asked(Rulebook law, Rulebook.Check check, boolean unit) {
        String key = STATED.get(check.on());
        if (key == null) {
            return null;
        }
        return switch (check.on()) {
            case NO_VISIT -> Field.of(key, "已到协会接待、考察", Input.YES_NO, "", true, check.cite());
            case NO_REPRESENTATIVE -> null;
            case NO_POLITICAL_RIGHTS -> unit ? null : Field.of(key, "享有政治权利", Input.YES_NO, "", true, check.cite());
            case ORGAN -> unit ? Field.of(key, "是机关法人", Input.YES_NO, "", true, check.cite()) : null;
            case REGION_NOT -> {
                if (!unit && check.kind() == null) {
                    yield null; // a rule for units
                }
                yield Field.of(
                        key, unit ? "登记注册地" : "学习、工作或生活地", Input.TEXT, "省市，如" + check.value(), true, check.cite());
            }
            case PENALTY_WITHIN -> {
                boolean served =
                        law.setting("penalty-dated").filter("service"::equals).isPresent();
                String hint = (served ? "处罚决定书送达日期" : "决定日期") + "；没有不填";
                yield unit ? Field.of(key, "最近行政处罚", Input.DATE, hint, false, check.cite()) : null;
            }
            case EMPLOYER_IS_MEMBER -> unit ? null : Field.of(key, "所在单位", Input.TEXT, "没有不填", false, check.cite());
            case DEPENDENT_BRANCH ->
                unit ? Field.of(key, "所属单位", Input.TEXT, "没有独立法人资格的分支才填", false, check.cite()) : null;
        };
    }

    /** The grades for which somebody of a kind may apply. */
    static List<Rulebook.Grade> grades(Rulebook law, Kind kind) {
        return law.grades().stream()
                .filter(Rulebook.Grade::entry)
                .filter(grade -> suits(law, grade, kind))
                .toList();
    }

    /** Whether former members may ask for the grade that they left with. */
    static boolean returnsAsBefore(Rulebook law) {
        return law.setting("returning-grade").filter("former"::equals).isPresent();
    }

    /** Grades to choose from: those for newcomers, and, read so, all that a former member may have had. */
    private static List<Rulebook.Grade> offered(Rulebook law, Kind kind) {
        return returnsAsBefore(law)
                ? law.grades().stream().filter(grade -> suits(law, grade, kind)).toList()
                : grades(law, kind);
    }

    private static boolean suits(Rulebook law, Rulebook.Grade grade, Kind kind) {
        boolean own = law.grades().stream().anyMatch(other -> kind.code().equals(other.kind()));
        return kind.code().equals(grade.kind()) || (grade.kind() == null && !own);
    }

    private static List<Line> notes(Rulebook law, Kind kind, LocalDate today) {
        List<Line> notes = new ArrayList<>();
        List<Rulebook.Grade> grades = grades(law, kind);
        if (grades.size() == 1 && law.grades().size() > 1) {
            List<String> cite = law.entry().isEmpty() ? grades.get(0).cite() : law.entry();
            notes.add(new Line("首次入会从" + grades.get(0).name() + "开始", cite));
        }
        Fees fees = law.fees();
        if (fees == null) {
            notes.add(new Line("不收会费", law.noFee()));
        } else if (grades.size() == 1) {
            Money fee = fees.standards().stream()
                    .filter(standard -> !standard.from().isAfter(today))
                    .max(Comparator.comparing(Fees.Standard::from))
                    .map(standard -> standard.amounts().get(grades.get(0).name()))
                    .orElse(null);
            if (fee != null) {
                notes.add(new Line("会费每年 " + fee + "，通过后才交", fees.cite()));
            }
        }
        return notes;
    }
}
