package io.homeroom;

import io.homeroom.cli.Commands;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Where the house is opened: the server, or one of its commands. */
// Rooms do not know each other's names: two may both have a Waking.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class Homeroom {

    /**
     * Starts Homeroom.
     *
     * @param args a command with its operands, or nothing for the server
     */
    public static void main(String[] args) {
        OptionalInt exit = Commands.run(args);
        if (exit.isPresent()) {
            System.exit(exit.getAsInt());
        }
        SpringApplication.run(Homeroom.class, args);
    }
}
