package io.homeroom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Where the house is opened: the server, or one of its commands. */
@SpringBootApplication
public class Homeroom {

    /**
     * Starts Homeroom.
     *
     * @param args a command with its operands, or nothing for the server
     */
    public static void main(String[] args) {
        SpringApplication.run(Homeroom.class, args);
    }
}
