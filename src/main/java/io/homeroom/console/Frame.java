package io.homeroom.console;

import io.homeroom.desk.Role;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.schedule.Associations;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** What surrounds every page: the list of rooms, the person, the day. */
@ControllerAdvice(basePackageClasses = Frame.class)
class Frame {

    /** The frame as the template needs it. */
    record View(String code, String name, boolean several, List<Room> rooms, String me, String roles, String today) {}

    /** A line in the list of rooms; {@code key} opens it after a g. */
    record Room(
            String href,
            String title,
            @Nullable String count,
            boolean hot,
            boolean current,
            boolean apart,
            String key) {}

    /** A refusal as it is shown above the page; it waits in the session, which lives in the database. */
    record Refused(String text, String cites) implements Serializable {}

    private final BusinessClock clock;
    private final Tasks tasks;
    private final Associations associations;
    private final Lawbooks lawbooks;
    private final Figures figures;

    Frame(BusinessClock clock, Tasks tasks, Associations associations, Lawbooks lawbooks, Figures figures) {
        this.figures = figures;
        this.clock = clock;
        this.tasks = tasks;
        this.associations = associations;
        this.lawbooks = lawbooks;
    }

    @ModelAttribute
    void frame(HttpServletRequest request, Model model) {
        model.addAttribute("nonce", request.getAttribute(Gate.NONCE));
        model.addAttribute("figures", false);
        if (!(request.getAttribute(Visitor.ATTRIBUTE) instanceof Visitor visitor)
                || request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null) {
            return;
        }
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        boolean several = signedIn != null
                && associations.codes().stream()
                                .filter(code -> ConsoleLogin.knows(signedIn, code))
                                .count()
                        > 1;
        LocalDate today = clock.today();
        model.addAttribute(
                "frame",
                new View(
                        visitor.code(),
                        lawbooks.name(visitor.code()),
                        several,
                        rooms(visitor, request.getRequestURI()),
                        visitor.staff().name(),
                        visitor.staff().roles().stream()
                                .sorted()
                                // an administrator may do everything; the rest need not be listed
                                .limit(visitor.is(Role.ADMIN) ? 1 : Role.values().length)
                                .map(Role::word)
                                .collect(Collectors.joining("、")),
                        request.getRequestURI().endsWith("/today")
                                ? ""
                                : today.getYear() + "年" + Words.dayOfWeek(today)));
    }

    private List<Room> rooms(Visitor visitor, String uri) {
        int late = visitor.only() == null ? tasks.count(TaskSearch.unfinished().state("overdue")) : 0;
        List<Room> rooms = new ArrayList<>();
        rooms.add(room(visitor, uri, "today", "今日", 0, false, "t"));
        rooms.add(room(visitor, uri, "members", "会员", 0, false, "m"));
        rooms.add(room(visitor, uri, "classes", "班级", 0, false, "c"));
        if (visitor.mayTakeMoney() && (lawbooks.dues(visitor.code()) || figures.money())) {
            rooms.add(room(visitor, uri, "money", "账单与到账", 0, false, "b"));
        }
        rooms.add(room(visitor, uri, "desk", "办件", late, false, "d"));
        if (visitor.mayEdit()) {
            rooms.add(room(visitor, uri, "meetings", "会议", 0, false, "y"));
            rooms.add(room(visitor, uri, "ballots", "表决", 0, false, "v"));
            rooms.add(room(visitor, uri, "bodies", "会议机构", 0, false, "o"));
        }
        rooms.add(room(visitor, uri, "care", "服务", 0, false, "f"));
        rooms.add(room(visitor, uri, "reports", "报告", 0, false, "p"));
        rooms.add(room(visitor, uri, "sending", "群发", 0, false, "q"));
        rooms.add(room(visitor, uri, "notices", "通知", 0, false, "n"));
        rooms.add(room(visitor, uri, "rules", "规则", 0, true, "r"));
        if (visitor.mayTakeMoney()) {
            rooms.add(room(visitor, uri, "audit", "审计", 0, false, "a"));
        }
        if (visitor.is(Role.ADMIN)) {
            rooms.add(room(visitor, uri, "staff", "员工账号", 0, false, "s"));
        }
        return rooms;
    }

    private static Room room(
            Visitor visitor, String uri, String path, String title, int count, boolean apart, String key) {
        String href = visitor.at(path);
        return new Room(
                href,
                title,
                count == 0 ? null : Integer.toString(count),
                count > 0,
                uri.equals(href) || uri.startsWith(href + "/"),
                apart,
                key);
    }

    @ExceptionHandler({NotHere.class, MethodArgumentTypeMismatchException.class})
    ModelAndView notHere(Exception why) {
        ModelAndView page = new ModelAndView("console/trouble");
        page.setStatus(HttpStatus.NOT_FOUND);
        page.addObject("title", "没有找到这一页");
        page.addObject("detail", why instanceof NotHere ? String.valueOf(why.getMessage()) : NotHere.GONE);
        return page;
    }
}
