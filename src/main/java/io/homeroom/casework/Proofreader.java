package io.homeroom.casework;

import io.homeroom.ground.Days;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a draft: what is asked of it, what stands against it, and what application it makes. */
@Component
class Proofreader {

    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Intake intake;

    Proofreader(Lawbook law, BusinessClock clock, Roster roster, Intake intake) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.intake = intake;
    }

    /** What is asked of whoever writes this draft. */
    Questionnaire questions(Draft draft) {
        return Questionnaire.of(law.of(clock.today()), draft.kind(), clock.today());
    }

    /**
     * What stands against the draft.
     *
     * @param whole whether what is missing counts too, as at filing
     */
    List<Draft.Fault> faults(Draft draft, boolean whole) {
        Rulebook rules = law.of(clock.today());
        Questionnaire asked = questions(draft);
        List<Draft.Fault> faults = new ArrayList<>();
        Kind wish = draft.kind();
        if (wish != null && !asked.kinds().contains(wish)) {
            Rulebook.KindRule rule = rules.kinds().get(wish.code());
            faults.add(new Draft.Fault(
                    Questionnaire.KIND,
                    wish == Kind.INDIVIDUAL ? "只接受单位会员，不接受个人申请" : "不接受单位申请",
                    rule == null ? List.of() : rule.cite(),
                    null));
        }
        for (Questionnaire.Field field : asked.fields()) {
            String value = draft.get(field.key());
            String wrong =
                    value.isEmpty() ? (whole && field.required() ? "请填写" + field.label() : null) : wrong(field, value);
            if (wrong != null) {
                faults.add(new Draft.Fault(field.key(), wrong, value.isEmpty() ? field.cite() : List.of(), null));
            }
        }
        Set<String> bad = faults.stream().map(Draft.Fault::field).collect(Collectors.toSet());
        Application application = application(draft, asked);
        for (Rulebook.Check check : rules.apply()) {
            String field = Questionnaire.STATED.get(check.on());
            boolean said =
                    field != null && !bad.contains(field) && !draft.get(field).isEmpty();
            Refusal failed = said && intake.isAtTheDoor(check) ? intake.failed(check, application) : null;
            if (field != null && failed != null) {
                faults.add(fault(field, failed));
            }
        }
        if (!bad.contains(Questionnaire.CODE)) {
            onRoster(draft).ifPresent(faults::add);
        }
        if (whole
                && !asked.requirements().isEmpty()
                && draft.get(Questionnaire.DECLARED).isEmpty()) {
            faults.add(new Draft.Fault(Questionnaire.DECLARED, "请确认符合入会条件", List.of(), null));
        }
        if (whole) {
            gates(draft, asked).ifPresent(faults::add);
        }
        return faults;
    }

    private static Draft.Fault fault(String field, Refusal refusal) {
        LocalDate from = refusal.from();
        String says = refusal.reason() + (from == null ? "" : "；" + Days.dated(from) + "起可以申请");
        return new Draft.Fault(field, says, refusal.clauses(), from);
    }

    private static @Nullable String wrong(Questionnaire.Field field, String value) {
        return switch (field.input()) {
            case CODE ->
                value.length() != 18
                        ? "信用代码是18位，这里有" + value.length() + "位"
                        : Uscc.isValid(value) ? null : "信用代码的校验位对不上，请照营业执照再核一遍";
            case IDENTITY -> identity(value) ? null : "身份证号对不上，请照证件再核一遍";
            case PHONE -> MOBILE.matcher(value).matches() ? null : "请填11位手机号";
            case YES_NO -> value.equals("yes") || value.equals("no") ? null : "请选择是或否";
            case CHOICE -> field.options().contains(value) ? null : "请在列出的里面选";
            case DATE -> day(value) == null ? "日期写成 2025-03-12 的样子" : null;
            case TEXT -> value.length() < 2 ? "太短了，请写全" : null;
        };
    }

    /** The check character of GB 11643. */
    private static boolean identity(String value) {
        if (!value.matches("\\d{17}[\\dX]")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (value.charAt(i) - '0') * ((1 << (17 - i)) % 11);
        }
        return "10X98765432".charAt(sum % 11) == value.charAt(17);
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADay) {
            return null;
        }
    }

    /** Who is on the roster already cannot come anew. */
    private Optional<Draft.Fault> onRoster(Draft draft) {
        Member known = former(draft);
        if (known != null) {
            Refusal taken = intake.taken(known);
            return taken == null
                    ? Optional.empty()
                    : Optional.of(new Draft.Fault(
                            Questionnaire.CODE,
                            taken.reason() + (known.belongs() ? "；要查询请向班主任索取绑定二维码" : ""),
                            taken.clauses(),
                            taken.from()));
        }
        boolean namesake = !draft.get(Questionnaire.NAME).isEmpty()
                && draft.kind() != Kind.INDIVIDUAL
                && roster.known(List.of(), List.of(draft.get(Questionnaire.NAME))).stream()
                        .anyMatch(other -> other.belongs() || other.standing() == Standing.APPLICANT);
        return namesake
                ? Optional.of(
                        new Draft.Fault(Questionnaire.NAME, "名册上已有同名单位；如果就是贵单位，请向班主任索取绑定二维码，不用再申请", List.of(), null))
                : Optional.empty();
    }

    /** The member that comes back with this draft; null for a newcomer. */
    @Nullable
    Member former(Draft draft) {
        String code = draft.get(Questionnaire.CODE);
        return code.isEmpty() ? null : roster.byUscc(code).orElse(null);
    }

    private static Optional<Draft.Fault> gates(Draft draft, Questionnaire asked) {
        return asked.papers().stream()
                .filter(paper -> paper.gate()
                        && draft.papers().stream()
                                .noneMatch(one -> one.document().equals(paper.name())))
                .findFirst()
                .map(paper -> new Draft.Fault(
                        "paper:" + paper.name(), "须先提交" + paper.name() + "，才能递交申请", paper.cite(), null));
    }

    /** The application that a draft makes. */
    Application application(Draft draft) {
        return application(draft, questions(draft));
    }

    private Application application(Draft draft, Questionnaire asked) {
        boolean unit = asked.kind() == Kind.UNIT;
        LocalDate penalty = day(draft.get("penalty"));
        Application.Facts facts = new Application.Facts(
                !draft.get("visited").equals("no"),
                false,
                !draft.get(Questionnaire.REPRESENTATIVE).isEmpty(),
                !draft.get(Questionnaire.LIAISON).isEmpty(),
                blank(draft.get("region")),
                draft.get("organ").equals("yes"),
                !draft.get("political-rights").equals("no"),
                unit && penalty != null ? List.of(penalty) : List.of(),
                unit ? idOf(draft.get(Questionnaire.BRANCH_OF)) : null,
                draft.get(Questionnaire.BRANCH_OF).isEmpty(),
                null);
        Map<String, String> data = new LinkedHashMap<>();
        for (String field : List.of("region", "penalty", Questionnaire.BRANCH_OF)) {
            if (unit && !draft.get(field).isEmpty()) {
                data.put(field, draft.get(field));
            }
        }
        if (!draft.get(Questionnaire.DECLARED).isEmpty()) {
            data.put(Questionnaire.DECLARED, clock.today().toString());
        }
        Set<String> questions =
                asked.fields().stream().map(Questionnaire.Field::key).collect(Collectors.toSet());
        return new Application(
                null,
                draft.get(Questionnaire.NAME),
                asked.kind(),
                questions.contains(Questionnaire.GRADE) ? blank(draft.get(Questionnaire.GRADE)) : null,
                questions.contains(Questionnaire.POST) ? blank(draft.get(Questionnaire.POST)) : null,
                questions.contains(Questionnaire.CODE) ? blank(draft.get(Questionnaire.CODE)) : null,
                unit ? null : idOf(draft.get(Questionnaire.EMPLOYER)),
                draft.papers().stream().map(Enclosure::document).distinct().toList(),
                facts,
                data,
                Applications.APPLICANT);
    }

    private static @Nullable String blank(String text) {
        return text.isEmpty() ? null : text;
    }

    private @Nullable Long idOf(String name) {
        return name.isEmpty()
                ? null
                : roster.known(List.of(), List.of(name)).stream()
                        .filter(member -> member.belongs() && member.kind() == Kind.UNIT)
                        .map(Member::id)
                        .findFirst()
                        .orElse(null);
    }
}
