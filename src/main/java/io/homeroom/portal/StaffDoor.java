package io.homeroom.portal;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Receives the association's own people on the phone: known by WeCom's silent login, looked up at every request. */
@Component
class StaffDoor {

    private static final String USER = "portal.staff.";

    private final Staff staff;
    private final Roster roster;
    private final ClassDay day;

    StaffDoor(Staff staff, Roster roster, ClassDay day) {
        this.staff = staff;
        this.roster = roster;
        this.day = day;
    }

    static String at(String path) {
        return "/t/" + Tenant.current() + "/" + path;
    }

    /** One of our own pages, wherever the way back says to go. */
    static String own(String to) {
        return to.matches("/t/" + Tenant.current()
                        + "/(send|robot|(members|cases|tasks|parcels|sent|circulars)/\\d{1,19})")
                ? to
                : at("members/0");
    }

    /** From now on this session is that WeCom user's. */
    static void enter(HttpServletRequest request, String user) {
        request.changeSessionId();
        request.getSession().setAttribute(USER + Tenant.current(), user);
    }

    private static Optional<String> user(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Object user = session == null ? null : session.getAttribute(USER + Tenant.current());
        return Optional.ofNullable(user).map(Object::toString);
    }

    private static String login(String path) {
        return "redirect:" + at("login?to=") + URLEncoder.encode(at(path), StandardCharsets.UTF_8);
    }

    /** A page for anybody who works here; others are led to the login, or told that they are not known. */
    String known(HttpServletRequest request, String path, Model model, Function<StaffMember, String> page) {
        Optional<String> user = user(request);
        if (user.isEmpty()) {
            return login(path);
        }
        Optional<StaffMember> who = staff.byWecom(user.get());
        return who.isEmpty()
                ? MemberPages.message(model, Message.notice("这里只认得在职工作人员的账号", "你的账号可能已停用。"))
                : page.apply(who.get());
    }

    /** The same for what only the member's class teacher, whoever stands in for it, or the office does. */
    String ofTheClass(
            HttpServletRequest request,
            String path,
            long memberId,
            Model model,
            BiFunction<StaffMember, Member, String> page) {
        return known(
                request,
                path,
                memberId,
                model,
                (who, member) -> day.sees(who, member) ? page.apply(who, member) : notHere(model));
    }

    private static String notHere(Model model) {
        return MemberPages.message(model, Message.notice("这家会员不在你这里", "它可能在别的班级，或你的账号已停用。"));
    }

    /** A page about a member, for somebody who may look into it; others are led to the login, or told that it is not theirs. */
    String known(
            HttpServletRequest request,
            String path,
            long memberId,
            Model model,
            BiFunction<StaffMember, Member, String> page) {
        Optional<String> user = user(request);
        if (user.isEmpty()) {
            return login(path);
        }
        Optional<StaffMember> who = staff.byWecom(user.get());
        Optional<Member> member = roster.find(memberId);
        if (who.isEmpty() || member.isEmpty() || !day.looksAfter(who.get(), member.get())) {
            return notHere(model);
        }
        return page.apply(who.get(), member.get());
    }
}
