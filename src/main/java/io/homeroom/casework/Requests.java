package io.homeroom.casework;

import io.homeroom.dues.Bill;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a case that a member, a mover or an office asks for is opened at all. Changes nothing. */
@Component
class Requests {

    private static final Set<String> ONE_AT_A_TIME =
            Set.of("upgrade", "withdrawal", "restoration", "appeal", "registration");

    private final CaseBook book;
    private final Ladder ladder;
    private final Registrations registrations;
    private final BusinessClock clock;
    private final Roster roster;
    private final Contacts contacts;
    private final Bills bills;
    private final Places places;
    private final AppealTime appeals;

    Requests(
            CaseBook book,
            Ladder ladder,
            Registrations registrations,
            BusinessClock clock,
            Roster roster,
            Contacts contacts,
            Bills bills,
            Places places,
            AppealTime appeals) {
        this.book = book;
        this.ladder = ladder;
        this.registrations = registrations;
        this.clock = clock;
        this.roster = roster;
        this.contacts = contacts;
        this.bills = bills;
        this.places = places;
        this.appeals = appeals;
    }

    /** Why a case is not opened as asked; null if nothing speaks against it. */
    @Nullable
    Refusal against(Rulebook rules, Track track, @Nullable Member member, Opening opening) {
        Refusal refusal = member == null ? null : ofMember(rules, track, member, opening);
        if (refusal != null || !opening.type().equals("resolution")) {
            return refusal;
        }
        String matter = opening.data().getOrDefault("matter", "");
        return track.matters().containsKey(matter) ? null : new Refusal(track.cite(), "没有哪个机构可以就此事项作出决议", null);
    }

    private @Nullable Refusal ofMember(Rulebook rules, Track track, Member member, Opening opening) {
        Map<String, String> data = opening.data();
        String type = opening.type();
        if (!track.onlyAfter().isEmpty()) {
            boolean fits = track.onlyAfter().contains("suspended")
                    ? member.suspendedSince() != null && member.belongs() && !member.restsForATerm()
                    : member.endedAs() != null
                            && !member.belongs()
                            && track.onlyAfter().contains(member.endedAs().code());
            if (!fits) {
                return new Refusal(track.onlyCite(), "目前的会籍状态不能提出这项申请", null);
            }
            if (type.equals("appeal")
                    && appeals.lastDay(rules, member)
                            .filter(clock.today()::isAfter)
                            .isPresent()) {
                return new Refusal(track.onlyCite(), "申诉须在会籍终止后" + rules.reading("appeal-within") + "天内提出，期限已过", null);
            }
        } else if (!member.belongs()
                && !(type.equals("change") && member.standing() == Standing.APPLICANT && changesBefore(rules, data))) {
            return new Refusal(
                    type.equals("change") ? whoMayChange(rules, track, data) : track.cite(), "不是在籍会员，不能办理", null);
        }
        Track.Openers openers = track.openers();
        if (openers != null && !mayMove(openers, opening.mover())) {
            return new Refusal(
                    openers.cite(),
                    "只有" + String.join("、", openers.offices()) + "或" + String.join("、", openers.grades()) + "可以提出",
                    null);
        }
        if (!track.grounds().isEmpty() && !opening.grounds().stream().allMatch(track.grounds()::contains)) {
            return new Refusal(track.cite(), "所列事由不在规定的情形之内", null);
        }
        for (String ground : opening.grounds()) {
            if (book.overtaken(track, member.id(), ground)) {
                return new Refusal(
                        List.of(ground),
                        "会员已自行提出" + CaseWords.type(track.unless().getOrDefault(ground, "")) + "，这一事由不成立",
                        null);
            }
        }
        if (ONE_AT_A_TIME.contains(type) && !book.openOf(member.id(), type).isEmpty()) {
            return new Refusal(cites(track, data), "已有一件同类事项在办理中", null);
        }
        String to = data.getOrDefault("to", "");
        return switch (type) {
            case "upgrade" -> {
                Refusal unfit = upgrade(rules, member, to, opening);
                yield unfit == null
                        ? places.againstFiling(
                                to, Boolean.parseBoolean(opening.data().get("exceptional")))
                        : unfit;
            }
            case "downgrade" -> Ladder.downgrade(rules, member, to);
            case "sanction" -> sanction(rules, track, to, data.get("until"));
            case "nomination" ->
                rules.post(to).isPresent() ? null : new Refusal(track.cite(), "没有“" + to + "”这个职务", null);
            case "registration" -> registrations.against(track, member, data.getOrDefault("kind", ""));
            case "change" -> change(rules, member, data);
            case "reduction" -> irreducible(member, data, track.cite());
            default -> null;
        };
    }

    /** Clauses of the way, those of the kind of registration first. */
    private static List<String> cites(Track track, Map<String, String> data) {
        Track.Window window = track.windows().get(data.getOrDefault("kind", ""));
        Set<String> clauses = new LinkedHashSet<>(window == null ? List.of() : window.cite());
        clauses.addAll(track.cite());
        return List.copyOf(clauses);
    }

    private static boolean changesBefore(Rulebook rules, Map<String, String> data) {
        return Tracks.change(rules, data.getOrDefault("field", "")).members().isEmpty();
    }

    private static List<String> whoMayChange(Rulebook rules, Track track, Map<String, String> data) {
        Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
        Set<String> clauses = new LinkedHashSet<>(rule.members());
        clauses.addAll(rule.cite());
        clauses.addAll(track.cite());
        return List.copyOf(clauses);
    }

    private boolean mayMove(Track.Openers openers, String mover) {
        if (openers.offices().contains(mover) || openers.read().containsKey(mover)) {
            return true;
        }
        if (!mover.startsWith("member:")) {
            return false;
        }
        return roster.find(Long.parseLong(mover.substring("member:".length())))
                .map(m -> m.belongs() && openers.grades().contains(m.grade()))
                .orElse(false);
    }

    private @Nullable Refusal upgrade(Rulebook rules, Member member, String to, Opening opening) {
        Eligibility eligibility = ladder.check(member, to);
        boolean exceptional = Boolean.parseBoolean(opening.data().get("exceptional"));
        Rulebook.Upgrade rule = rules.upgrade();
        if (exceptional && rule != null && !eligibility.lines().isEmpty()) {
            Rulebook.Exceptional way = rule.exceptional();
            if (way == null) {
                return new Refusal("制度没有破格升级的规定");
            }
            return ladder.nominated(way, opening.nominatedBy())
                    ? null
                    : new Refusal(way.cite(), "破格升级须有至少" + way.nominators() + "名" + way.grade() + "提名", null);
        }
        if (eligibility.result()) {
            return null;
        }
        LocalDate tenure = eligibility.from();
        LocalDate from = tenure != null && tenure.isAfter(clock.today()) ? tenure : null;
        boolean wayAround = rule != null
                && rule.exceptional() != null
                && !eligibility.lines().isEmpty();
        return new Refusal(
                eligibility.unmet(),
                "目前不符合升级为" + to + "的条件" + (from == null ? "" : "，年限最早在" + from + "满足")
                        + (wayAround ? "；贡献巨大的，可经提名申请破格升级" : ""),
                from);
    }

    private @Nullable Refusal sanction(Rulebook rules, Track track, String to, @Nullable String until) {
        if (rules.sanctions().stream().noneMatch(rule -> rule.name().equals(to))) {
            return new Refusal(track.cite(), "没有“" + to + "”这种处理", null);
        }
        return until != null && LocalDate.parse(until).isBefore(clock.today())
                ? new Refusal(track.cite(), "处理期限的最后一日已经过去，请核对", null)
                : null;
    }

    private @Nullable Refusal change(Rulebook rules, Member member, Map<String, String> data) {
        Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
        String from = data.get("from");
        if (rule.beforehand() && from != null && LocalDate.parse(from).isBefore(clock.today())) {
            return new Refusal(rule.cite(), "变更须事先通知，生效日不能早于今天", null);
        }
        Optional<Refusal> besides = Beside.against(member, rule, data.getOrDefault("to", ""));
        return besides.isPresent() ? besides.get() : unfit(rule, member, data);
    }

    /** Why a representative may not be taken: it already represents another unit (BACCA-11-b). */
    private @Nullable Refusal unfit(Rulebook.Change rule, Member member, Map<String, String> data) {
        String value = data.getOrDefault("to", "");
        if (!rule.numbered().isEmpty()) {
            return roster.byUscc(value).isPresent() || member.data().containsValue(value)
                    ? new Refusal(rule.numbered(), "这个代码已经绑定会员证号，不能再绑定", null)
                    : null;
        }
        if (rule.unique().isEmpty()) {
            return null;
        }
        boolean elsewhere = contacts
                .sameElsewhere(
                        member.id(), Role.REPRESENTATIVE, data.getOrDefault("to", ""), data.getOrDefault("phone", ""))
                .stream()
                .map(roster::get)
                .anyMatch(Member::belongs);
        return elsewhere ? new Refusal(rule.unique(), "此人已是另一家会员单位的代表，不能兼任", null) : null;
    }

    /** Why a year's fee cannot be lowered as asked: there is no such bill, or it would not become lower. */
    private @Nullable Refusal irreducible(Member member, Map<String, String> data, List<String> cite) {
        int year = Integer.parseInt(data.getOrDefault("year", "0"));
        Money to = Money.ofYuan(new BigDecimal(data.getOrDefault("to", "0")));
        Optional<Bill> bill = bills.of(member.id()).stream()
                .filter(one -> one.state() != BillState.CANCELLED && one.year() <= year && year <= one.throughYear())
                .filter(one -> one.kind() != BillKind.TOP_UP)
                .findFirst();
        if (bill.isEmpty()) {
            return new Refusal(cite, "没有" + year + "年的会费账单，请核对年度", null);
        }
        boolean lower = to.fen() >= 0 && to.fen() <= bill.get().amount().fen();
        return lower ? null : new Refusal(cite, "减免后的金额须在零与原金额" + bill.get().amount() + "之间", null);
    }
}
