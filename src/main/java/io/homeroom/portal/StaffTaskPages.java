package io.homeroom.portal;

import io.homeroom.casework.Handouts;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** A task that is done with a document for the members, on the phone of whoever holds the office. */
@Controller
@RequestMapping("/t/{code}/tasks/{id:\\d{1,19}}")
class StaffTaskPages {

    private final StaffDoor door;
    private final Tasks tasks;
    private final Handouts handouts;
    private final Lawbook laws;
    private final BusinessClock clock;

    StaffTaskPages(StaffDoor door, Tasks tasks, Handouts handouts, Lawbook laws, BusinessClock clock) {
        this.door = door;
        this.tasks = tasks;
        this.handouts = handouts;
        this.laws = laws;
        this.clock = clock;
    }

    @GetMapping
    String show(@PathVariable long id, HttpServletRequest request, Model model) {
        return door.known(request, "tasks/" + id, model, who -> page(who, id, "", model));
    }

    private String page(StaffMember who, long id, String said, Model model) {
        Optional<Task> task = own(who, id);
        if (task.isEmpty()) {
            return MemberPages.message(model, Message.notice("这件事不归你办", "它可能已转给别的同事。"));
        }
        Rulebook law = laws.of(clock.today());
        model.addAttribute("association", law.name());
        model.addAttribute("task", task.get());
        model.addAttribute("open", task.get().state() == Task.State.OPEN);
        model.addAttribute("cite", law.cite(task.get().clauses()));
        model.addAttribute("said", said);
        model.addAttribute("href", StaffDoor.at("tasks/" + id));
        return "portal/staff-task";
    }

    private Optional<Task> own(StaffMember who, long id) {
        return tasks.find(id)
                .filter(handouts::takes)
                .filter(task ->
                        who.offices().contains(task.to()) || who.address().equals(task.to()));
    }

    @PostMapping
    String done(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String title,
            HttpServletRequest request,
            Model model)
            throws IOException {
        byte[] upload = file == null || file.isEmpty() ? null : file.getBytes();
        String name = file == null ? "" : String.valueOf(file.getOriginalFilename());
        return door.known(request, "tasks/" + id, model, who -> {
            if (own(who, id).isEmpty()) {
                return page(who, id, "", model);
            }
            List<String> called = title.isBlank() ? List.of() : List.of(title.strip());
            Outcome<Task> done = upload == null
                    ? Outcome.refused("请选文件（PDF 或 Word）")
                    : handouts.finish(id, called, name, upload, who.username());
            return page(
                    who,
                    id,
                    done instanceof Outcome.Refused<Task> refused
                            ? refused.refusal().reason() + "。"
                            : "已办结，能行使权利的会员都会收到链接。",
                    model);
        });
    }
}
