package io.homeroom.console;

import io.homeroom.classroom.Branches;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Covers;
import io.homeroom.schedule.Associations;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Does the request inside the association that its path names, for a person who still works there. To all others that
 * association is not there.
 */
final class EnterAssociation extends OncePerRequestFilter {

    private static final Pattern PATH = Pattern.compile("/console/([^/]+)/.+");

    private final Associations associations;
    private final Staff staff;
    private final Covers covers;
    private final Branches branches;

    EnterAssociation(Associations associations, Staff staff, Covers covers, Branches branches) {
        this.associations = associations;
        this.staff = staff;
        this.covers = covers;
        this.branches = branches;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !PATH.matcher(request.getRequestURI()).matches()
                || request.getRequestURI().startsWith("/console/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = PATH.matcher(request.getRequestURI());
        String code = path.matches() ? path.group(1) : "";
        Optional<Visitor> person = person(code);
        if (person.isEmpty()) {
            request.getRequestDispatcher("/console/nowhere").forward(request, response);
            return;
        }
        request.setAttribute(Visitor.ATTRIBUTE, person.get());
        try {
            Tenant.run(code, () -> {
                try {
                    chain.doFilter(request, response);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (ServletException e) {
                    throw new IllegalStateException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof ServletException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Optional<Visitor> person(String code) {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn == null || !associations.has(code) || !ConsoleLogin.knows(signedIn, code)) {
            return Optional.empty();
        }
        return Tenant.in(
                code,
                () -> staff.byUsername(signedIn.getName())
                        .filter(StaffMember::active)
                        .map(who -> new Visitor(code, who, covers.desksOf(who.id()), branches.of(who))));
    }
}
