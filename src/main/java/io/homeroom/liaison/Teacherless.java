package io.homeroom.liaison;

import io.homeroom.desk.Morning;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Members whom nobody looks after, said every working morning until there are none (WHJX-7). */
@Component
class Teacherless implements Morning {

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
        Set<Long> working = staff.teachers().stream().map(StaffMember::id).collect(Collectors.toSet());
        if (working.isEmpty()) {
            return Optional.empty(); // an association that has no class teachers yet
        }
        int without = classes.sizes().entrySet().stream()
                .filter(size -> !working.contains(size.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        return without == 0 ? Optional.empty() : Optional.of("没有班主任：" + without + "家，请在控制台「班级」里安排");
    }
}
