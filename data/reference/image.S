/* image.S — puts the compiled reference image into the program's read-only data.
 *
 * IMAGE names the image; beside it, IMAGE.inc holds the units' and indicators' records, which contain addresses: they
 * are filled in when the program is loaded and read-only after that. Directives only, so it fits every ELF machine. */
    .section .rodata
    .balign 64
    .global reference_image
    .type reference_image, %object
reference_image:
    .incbin IMAGE
    .global reference_image_end
reference_image_end:
    .byte 0
    .size reference_image, . - reference_image

    .section .data.rel.ro, "aw"
    .balign 8
    .macro records name
    .include "\name\().inc"
    .endm
    records IMAGE

    .section .note.GNU-stack, "", %progbits
