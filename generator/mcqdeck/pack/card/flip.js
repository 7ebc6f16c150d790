  // Clients that let a card show its answer have a way of their own each.
  function flip() {
    try {
      if (window.pycmd) pycmd("ans");
      else if (window.showAnswer) showAnswer();
    } catch (denied) {}
  }
