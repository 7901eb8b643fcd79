"""Receipt printers: a Protocol, ESC/POS over a serial port, and a simulated roll."""
