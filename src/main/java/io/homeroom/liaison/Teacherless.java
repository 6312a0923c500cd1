package io.homeroom.liaison;

import io.homeroom.desk.Morning;
import io.homeroom.desk.OwnMorning;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members whom nobody looks after, said every working morning until there are none (WHJX-7): to the group, and to each
 * colleague of the secretariat with the page where they are given to somebody.
 */
@Component
class Teacherless implements Morning, OwnMorning {

    /** The key of those without one, in {@link Classes#sizes}. */
    private static final Long NOBODY = 0L;

    private final Classes classes;
    private final Staff staff;

    Teacherless(Classes classes, Staff staff) {
        this.classes = classes;
        this.staff = staff;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<String> line(LocalDate day) {
        int without = without();
        return without == 0 ? Optional.empty() : Optional.of("没有班主任：" + without + "家，请在控制台「班级」里安排");
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> lines(LocalDate day, StaffMember who) {
        int without = who.roles().contains(Role.SECRETARIAT) ? without() : 0;
        return without == 0 ? List.of() : List.of(new Line("没有班主任：" + without + "家", "classes"));
    }

    private int without() {
        Set<Long> working = staff.teachers().stream().map(StaffMember::id).collect(Collectors.toSet());
        Map<Long, Integer> sizes = classes.sizes();
        if (working.isEmpty() && sizes.keySet().stream().allMatch(NOBODY::equals)) {
            return 0; // an association that has had no class teachers yet
        }
        return sizes.entrySet().stream()
                .filter(size -> !working.contains(size.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
