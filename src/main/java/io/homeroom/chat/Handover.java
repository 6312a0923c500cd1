package io.homeroom.chat;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bound;
import io.homeroom.schedule.BusinessClock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Hands a dialogue to a person: the member's class teacher, else the secretariat. One open task for each person. */
@Component
class Handover {

    /** Of tasks that ask somebody to answer a dialogue. */
    static final String WHAT = "talk";

    private static final String SECRETARIAT = "秘书处";
    private static final int LINES = 20;
    private static final DateTimeFormatter CLOCK_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");

    private final Memory memory;
    private final Classes classes;
    private final Tasks tasks;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Handover(Memory memory, Classes classes, Tasks tasks, BusinessClock clock, ApplicationEventPublisher events) {
        this.memory = memory;
        this.classes = classes;
        this.tasks = tasks;
        this.clock = clock;
        this.events = events;
    }

    /** Makes the task, or adds to the one that is open, and says who will see it. */
    Reply over(String openid, @Nullable Bound about) {
        List<Memory.Line> lines = memory.lately(openid, LINES);
        String dialogue = lines.stream()
                .map(line -> CLOCK_TIME.format(line.at()) + (line.person() ? " 会员：" : " 助手：") + line.text())
                .collect(Collectors.joining("\n"));
        Long member = about == null ? null : about.memberId();
        Optional<StaffMember> teacher = about == null ? Optional.empty() : classes.teacherOf(about.member());
        String to = teacher.map(StaffMember::address).orElse(SECRETARIAT);
        String who = about == null ? "一位尚未绑定的关注者" : about.memberName() + "的联络人";
        String text = who + "请人工答复：" + lastAsked(lines);
        Map<String, String> data = Map.of("openid", openid, "dialogue", dialogue);
        Optional<Task> waiting = tasks.search(TaskSearch.unfinished().what(WHAT).page(0, Integer.MAX_VALUE)).stream()
                .filter(task -> openid.equals(task.data().get("openid")))
                .findFirst();
        if (waiting.isPresent()) {
            tasks.amend(waiting.get().id(), text, data);
        } else {
            tasks.open(NewTask.of(WHAT, to, text)
                    .about(member)
                    .due(clock.today().plusDays(1))
                    .with(data));
            events.publishEvent(Tell.of(member == null ? SECRETARIAT : "teacher", member, "talk", text + "。对话在待办里。"));
        }
        String name = teacher.map(t -> "班主任" + t.name()).orElse("秘书处");
        return Screen.of(
                        "已转给" + name + "，对方能看到这段对话，工作时间内会联系你。",
                        waiting.isPresent() ? "你补充的话已加在同一件待办里。" : "还有要说的，直接写在这里就行。")
                .suggest("状态", "看现在的情况")
                .suggest("帮助", "看能办什么")
                .reply();
    }

    /** The person's last sentence that was not itself the wish to be handed over. */
    private static String lastAsked(List<Memory.Line> lines) {
        String last = "";
        for (Memory.Line line : lines) {
            if (line.person() && line.text().length() > 3 && !line.text().contains("人工")) {
                last = line.text();
            }
        }
        if (last.isEmpty()) {
            return "（没有留言）";
        }
        return "「" + (last.length() > 60 ? last.substring(0, 60) + "…" : last) + "」";
    }
}
