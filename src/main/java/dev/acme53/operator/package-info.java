/// What makes the rooms one program: the command, wiring, leader election, life and death of the process.
@NullMarked
package dev.acme53.operator;

import org.jspecify.annotations.NullMarked;
