package io.homeroom.chat;

import io.homeroom.care.Need;
import io.homeroom.care.Needs;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Bound;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 诉求: a contact says in one sentence what its unit needs, and hears who sees to it and until when. */
@Component
class NeedWords {

    private static final Pattern SAID = Pattern.compile("\\s*(?:诉求|提诉求|反映诉求)[\\s：:，,]*(.*)", Pattern.DOTALL);

    private final Needs needs;
    private final BusinessClock clock;

    NeedWords(Needs needs, BusinessClock clock) {
        this.needs = needs;
        this.clock = clock;
    }

    /** The answer, if the words are about a need of a member. */
    Optional<Reply> hear(String text, @Nullable Bound about) {
        Matcher said = SAID.matcher(text);
        if (about == null || !said.matches()) {
            return Optional.empty();
        }
        String words = said.group(1).strip();
        return Optional.of(words.isEmpty() ? standing(about) : raised(about, words));
    }

    private Reply raised(Bound about, String words) {
        Outcome<Need> raised = needs.raise(about.memberId(), words, "member:" + about.memberId());
        if (raised instanceof Outcome.Refused<Need> refused) {
            return Screen.of(refused.refusal().reason()).suggest("诉求", "看办到哪一步").reply();
        }
        Need need = raised.get();
        LocalDate due = need.due();
        return Screen.of(
                        "记下了，已交" + (StaffMember.isAddress(need.owner()) ? "班主任" : need.owner()) + "办理。",
                        due == null ? "有结果会在这里告诉你。" : Days.said(due, clock.today()) + "前答复，有结果会在这里告诉你。")
                .suggest("诉求", "看办到哪一步")
                .suggest("班主任", "直接联系")
                .reply();
    }

    private Reply standing(Bound about) {
        LocalDate today = clock.today();
        Screen screen = Screen.of("把诉求写在后面就行，例如「诉求 想了解资质升级政策」。");
        needs.of(about.memberId()).stream().limit(4).forEach(need -> {
            String said = need.said().length() > 16 ? need.said().substring(0, 16) + "…" : need.said();
            LocalDate due = need.due();
            screen.line("· " + said + "："
                    + (need.isOpen() ? "在办" + (due == null ? "" : "，" + Days.said(due, today) + "前答复") : "已答复"));
        });
        return screen.suggest("人工", "找人聊").reply();
    }
}
